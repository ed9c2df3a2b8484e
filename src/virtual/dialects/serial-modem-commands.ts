import { splitCommand } from '../../at/index.ts'
import type { VirtualModem } from '../modem.ts'
import { type Act, params } from './act.ts'
import type { SerialModemOptions } from './mqtt-line.ts'
import { mqttClient } from './serial-modem-mqtt.ts'

/** What a Serial Modem answers by itself. */
export interface SerialModemCommands {
  /** Whether a command is one of its own; any other is the modem's. */
  knows(text: string): boolean
  /** The whole answer, final line and all. */
  answer(text: string): string | Promise<string>
}

/** SM-10 */
const rates = [115_200, 230_400, 460_800, 921_600, 1_000_000]
const longestAnswer = 2100

const good = (lines = ''): string => (lines === '' ? '\r\nOK\r\n' : `\r\n${lines}\r\n\r\nOK\r\n`)
const bad = '\r\nERROR\r\n'
/** What the application says when it starts (SM-01). */
export const greeting = 'Ready\r\n'

/** The commands of the application, a table from names to what they do; undefined is an ERROR. */
export function serialModemCommands(options: SerialModemOptions): SerialModemCommands {
  const mqtt = mqttClient(options)
  const table = new Map<string, Act>([
    ['#XSMVER', (rest) => only('', rest, '#XSMVER: "1.0.0","2.0.2"')],
    ['#XSLMVER', (rest) => only('', rest, '#XSLMVER: "1.0.0","2.0.2"')],
    ['#XUUID', (rest) => only('', rest, `#XUUID: ${options.modem.identity.uuid}`)],
    ['#XMODEMRESET', (rest) => only('', rest, modemReset(options.modem))],
    ['#XRESET', (rest) => only('', rest, '')],
    ['+IPR', baudRate],
    ['#XSSOCKET', socket],
    ...mqtt.commands,
  ])
  table.set('#XCLAC', (rest) => only('', rest, [...table.keys()].map((name) => `AT${name}`).join('\r\n')))
  const named = (text: string): string => splitCommand(text)?.name ?? ''
  return {
    knows: (text) => /^ate[01]\s*$/i.test(text) || table.has(named(text)),
    async answer(text) {
      if (/^ate[01]\s*$/i.test(text)) return good()
      const name = named(text)
      const lines = await table.get(name)?.(splitCommand(text)?.rest ?? '')
      if (name === '#XRESET' && lines !== undefined) {
        applicationReset(options.modem, mqtt)
        return good() + greeting
      }
      return lines === undefined || lines.length > longestAnswer ? bad : good(lines)
    },
  }
}

function only(form: string, rest: string, lines: string): string | undefined {
  return rest.trim() === form ? lines : undefined
}

/** SM-13 */
function modemReset(modem: VirtualModem): string {
  modem.restart()
  return '#XMODEMRESET: 0'
}

/** SM-30: the modem is switched off, and everything begins anew. */
function applicationReset(modem: VirtualModem, mqtt: { forget(): void }): void {
  mqtt.forget()
  modem.execute('AT+CFUN=0')
  modem.restart()
}

/** A PTY or socket has no speed of its own: a legal one is taken, and changes nothing. */
function baudRate(rest: string): string | undefined {
  if (rest === '=?') return `+IPR: (),(${rates.join(',')})`
  if (rest === '?') return '+IPR: 115200'
  return rates.includes(Number(rest.slice(1))) ? '' : undefined
}

/** SM-14, SM-15: only the answer; nothing is sent over such a socket here. */
function socket(rest: string): string | undefined {
  const [family, type, role, tag] = params(rest)?.map(Number) ?? []
  const kind = type === 1 ? 258 : 273
  if (family !== 1 || (type !== 1 && type !== 2) || (role !== 0 && role !== 1) || (role === 1 && tag !== undefined))
    return undefined
  return `#XSSOCKET: 0,${type},${kind}`
}
