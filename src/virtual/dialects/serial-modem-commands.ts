import { commands, splitCommand, splitParams } from '../../at/index.ts'
import type { VirtualModem } from '../modem.ts'
import type { MqttDial, MqttLine, OpenMqtt } from './mqtt-line.ts'

/** What a Serial Modem answers by itself. */
export interface SerialModemCommands {
  /** Whether a command is one of its own; any other is the modem's. */
  knows(text: string): boolean
  /** The whole answer, final line and all. */
  answer(text: string): string | Promise<string>
}

/** What its commands need. */
export interface SerialModemOptions {
  readonly modem: VirtualModem
  /** How it reaches a broker; without it a connection is refused. */
  readonly openMqtt?: OpenMqtt
  /** Prints a notification. */
  notify(line: string): void
}

type Act = (rest: string) => string | undefined | Promise<string | undefined>

/** SM-10 */
const rates = [115_200, 230_400, 460_800, 921_600, 1_000_000]
const longestAnswer = 2100

const good = (lines = ''): string => (lines === '' ? '\r\nOK\r\n' : `\r\n${lines}\r\n\r\nOK\r\n`)
const bad = '\r\nERROR\r\n'

/** The commands of the application, a table from names to what they do; undefined is an ERROR. */
export function serialModemCommands(options: SerialModemOptions): SerialModemCommands {
  const table = new Map<string, Act>([
    ['#XSMVER', (rest) => only('', rest, '#XSMVER: "1.0.0","2.0.2"')],
    ['#XSLMVER', (rest) => only('', rest, '#XSLMVER: "1.0.0","2.0.2"')],
    ['#XUUID', (rest) => only('', rest, `#XUUID: ${options.modem.identity.uuid}`)],
    ['#XMODEMRESET', (rest) => only('', rest, modemReset(options.modem))],
    ['+IPR', baudRate],
    ['#XSSOCKET', socket],
    ...mqttCommands(options),
  ])
  table.set('#XCLAC', (rest) => only('', rest, [...table.keys()].map((name) => `AT${name}`).join('\r\n')))
  const named = (text: string): string => splitCommand(text)?.name ?? ''
  return {
    knows: (text) => /^ate[01]\s*$/i.test(text) || table.has(named(text)),
    async answer(text) {
      if (/^ate[01]\s*$/i.test(text)) return good()
      const lines = await table.get(named(text))?.(splitCommand(text)?.rest ?? '')
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

function params(rest: string): string[] | undefined {
  try {
    return rest.startsWith('=') ? splitParams(rest.slice(1)) : undefined
  } catch {
    return undefined
  }
}

/** A request of a command that the host has too, read backwards; undefined where it is of another form. */
function read<Q>(command: { request: { parse(text: string): Q } }, rest: string): Q | undefined {
  try {
    return command.request.parse(rest)
  } catch {
    return undefined
  }
}

/** What the documentation gives for a client that was not introduced. */
const usualDial = { clientId: 'sm_default_client_id', keepAlive: 60, cleanSession: true }

function mqttCommands({ modem, openMqtt, notify }: SerialModemOptions): [string, Act][] {
  let introduced = usualDial
  let open: { line: MqttLine; dial: MqttDial } | undefined
  const say = (line: string): string => {
    notify(line)
    return ''
  }
  const connect = async (asked: commands.MqttConnection): Promise<string | undefined> => {
    const { host, port, tag } = asked
    if (host === undefined || port === undefined || openMqtt === undefined || open !== undefined) return undefined
    // MODE-30: without a network nothing connects.
    if (modem.state.registration !== 1) return undefined
    const dial = {
      ...introduced,
      user: asked.user ?? '',
      password: asked.password ?? '',
      host,
      port,
      ...(tag !== undefined && { tag }),
    }
    let ended = false
    const opened = await openMqtt(dial, (event) => {
      if (event.type === 1) {
        ended = true
        open = undefined
      }
      say(commands.xmqttNotice.format(event))
    })
    if (!opened.ok || ended) return undefined
    open = { line: opened.value, dial }
    return ''
  }
  const disconnect = (): string | undefined => {
    if (open === undefined) return undefined
    open.line.close()
    open = undefined
    return ''
  }
  return [
    [
      '#XMQTTCFG',
      (rest) => {
        const asked = read(commands.xmqttcfg, rest)
        if (asked === undefined || open !== undefined) return undefined
        const { clientId, keepAlive, clean } = asked
        introduced = { clientId, keepAlive: keepAlive ?? 60, cleanSession: clean !== 0 }
        return ''
      },
    ],
    [
      '#XMQTTCON',
      (rest) => {
        if (rest === '?') return standing(open?.dial)
        const asked = read(commands.xmqttcon, rest)
        if (asked === undefined) return undefined
        return asked.operation === 0 ? disconnect() : connect(asked)
      },
    ],
    [
      '#XMQTTPUB',
      (rest) => {
        const [topic, message, qos] = texts(rest)
        if (open === undefined || topic === undefined || message === undefined) return undefined
        open.line.publish(topic, message, qos === '1' ? 1 : 0)
        return ''
      },
    ],
    [
      '#XMQTTSUB',
      (rest) => {
        const [topic, qos] = texts(rest)
        if (open === undefined || topic === undefined || qos === undefined) return undefined
        open.line.subscribe(topic)
        return ''
      },
    ],
  ]
}

function texts(rest: string): string[] {
  return (params(rest) ?? []).map((text) => text.replaceAll('"', ''))
}

/** SM-28 */
function standing(dial: MqttDial | undefined): string {
  if (dial === undefined) return '#XMQTTCON: 0'
  const { clientId, host, port, tag } = dial
  return `#XMQTTCON: 1,"${clientId}","${host}",${port}${tag === undefined ? '' : `,${tag}`}`
}
