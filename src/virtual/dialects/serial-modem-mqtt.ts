import { commands } from '../../at/index.ts'
import { byteText, utf8 } from '../../terms/index.ts'
import { isRegistered } from '../state.ts'
import { type Act, params, read } from './act.ts'
import type { MqttDial, MqttLine, SerialModemOptions } from './mqtt-line.ts'

/** What is sent where nobody was introduced. */
const usual = { clientId: 'sm_default_client_id', keepAlive: 60, cleanSession: true }

/** The MQTT client of a Serial Modem: who it is, and the one connection that it has. */
class MqttClient {
  readonly #options: SerialModemOptions
  #introduced = usual
  #open: { line: MqttLine; dial: MqttDial } | undefined

  constructor(options: SerialModemOptions) {
    this.#options = options
  }

  /** SM-29 */
  introduce(rest: string): string | undefined {
    const asked = read(commands.xmqttcfg, rest)
    if (asked === undefined || this.#open !== undefined) return undefined
    const { clientId, keepAlive, clean } = asked
    this.#introduced = { clientId, keepAlive: keepAlive ?? usual.keepAlive, cleanSession: clean !== 0 }
    return ''
  }

  async connection(rest: string): Promise<string | undefined> {
    if (rest === '?') return this.#standing()
    const asked = read(commands.xmqttcon, rest)
    if (asked === undefined) return undefined
    return asked.operation === 0 ? this.#disconnect() : this.#connect(asked)
  }

  publish(rest: string): string | undefined {
    const [topic, message, qos] = texts(rest)
    if (topic === undefined || message === undefined) return undefined
    return this.#use((line) => line.publish(topic, message, qos === '1' ? 1 : 0))
  }

  subscribe(rest: string): string | undefined {
    const [topic, qos] = texts(rest)
    return topic === undefined || qos === undefined ? undefined : this.#use((line) => line.subscribe(topic))
  }

  #use(act: (line: MqttLine) => void): string | undefined {
    if (this.#open === undefined) return undefined
    act(this.#open.line)
    return ''
  }

  async #connect(asked: commands.MqttConnection): Promise<string | undefined> {
    const { modem, openMqtt } = this.#options
    const dial = this.#dial(asked)
    if (dial === undefined || openMqtt === undefined || this.#open !== undefined || !isRegistered(modem.state))
      return undefined
    const opened = await openMqtt(dial, {
      happens: (event) => this.#happens(event),
      hears: (topic, payload) => this.#hears(topic, payload),
    })
    if (!opened.ok) return undefined
    this.#open = { line: opened.value, dial }
    return ''
  }

  #dial({ user, password, host, port, tag }: commands.MqttConnection): MqttDial | undefined {
    if (host === undefined || port === undefined) return undefined
    const whom = { user: user ?? '', password: password ?? '', host, port }
    return { ...this.#introduced, ...whom, ...(tag !== undefined && { tag }) }
  }

  #happens(event: commands.MqttEvent): void {
    if (event.type === 1) this.#open = undefined
    this.#options.notify(commands.xmqttNotice.format(event))
  }

  #hears(topic: string, payload: string): void {
    // The lengths are of octets, and octets go over the cable.
    const [name, text] = [topic, payload].map((part) => byteText(utf8(part)))
    this.#options.notify(`#XMQTTMSG: ${name?.length},${text?.length}\r\n${name}\r\n${text}`)
  }

  /** As after a start: nobody is introduced, and nothing is open. */
  forget(): void {
    this.#disconnect()
    this.#introduced = usual
  }

  #disconnect(): string | undefined {
    if (this.#open === undefined) return undefined
    this.#open.line.close()
    this.#open = undefined
    return ''
  }

  /** SM-28 */
  #standing(): string {
    if (this.#open === undefined) return '#XMQTTCON: 0'
    const { clientId, host, port, tag } = this.#open.dial
    return `#XMQTTCON: 1,"${clientId}","${host}",${port}${tag === undefined ? '' : `,${tag}`}`
  }
}

/** The MQTT commands by their names, and a way to begin anew. */
export function mqttClient(options: SerialModemOptions): { commands: [string, Act][]; forget(): void } {
  const client = new MqttClient(options)
  const commands: [string, Act][] = [
    ['#XMQTTCFG', (rest) => client.introduce(rest)],
    ['#XMQTTCON', (rest) => client.connection(rest)],
    ['#XMQTTPUB', (rest) => client.publish(rest)],
    ['#XMQTTSUB', (rest) => client.subscribe(rest)],
  ]
  return { commands, forget: () => client.forget() }
}

function texts(rest: string): string[] {
  return (params(rest) ?? []).map((text) => text.replaceAll('"', ''))
}
