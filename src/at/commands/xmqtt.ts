import { type Answer, type Command, information, noAnswer, setForm } from '../command.ts'
import { fields, int, optional, quoted } from '../syntax.ts'

/** How a Serial Modem introduces itself to a broker (SM-18). */
export interface MqttIntroduction {
  clientId: string
  /** Seconds. */
  keepAlive?: number
  /** 0 keeps the session, 1 begins a new one. */
  clean?: number
}

/** A connection that a Serial Modem is to make or to end (SM-18). With a tag it is TLS, and the broker's name is checked (SM-17). */
export interface MqttConnection {
  /** 0 disconnect, 1 connect over IPv4, 2 over IPv6. */
  operation: number
  user?: string
  password?: string
  host?: string
  port?: number
  tag?: number
}

/** What happened in an MQTT session (SM-19): type 0 CONNACK, 1 DISCONNECT, 7 SUBACK; a result other than 0 is an errno. */
export interface MqttEvent {
  type: number
  result: number
}

const doc = 'Serial Modem: MQTT client, doc/app/at_mqtt.rst in github.com/nrfconnect/ncs-serial-modem.'

/** `AT#XMQTTCFG="<client id>"[,<keep alive>[,<clean session>]]` */
export const xmqttcfg: Command<MqttIntroduction, void> = {
  name: '#XMQTTCFG',
  doc: `Says who connects. ${doc}`,
  request: setForm(fields({ clientId: quoted, keepAlive: optional(int(0, 0xffff)), clean: optional(int(0, 1)) })),
  answer: noAnswer,
}

/** `AT#XMQTTCON=<operation>,"<user>","<password>","<host>",<port>[,<tag>]`: OK when the TLS handshake is through (SM-27). */
export const xmqttcon: Command<MqttConnection, void> = {
  name: '#XMQTTCON',
  doc: `Connects to a broker, or ends the connection. ${doc}`,
  request: setForm(
    fields({
      operation: int(0, 2),
      user: optional(quoted),
      password: optional(quoted),
      host: optional(quoted),
      port: optional(int(0, 0xffff)),
      tag: optional(int()),
    }),
  ),
  answer: noAnswer,
  patience: 120_000,
}

/** `#XMQTTEVT: 0,0`: comes by itself. */
export const xmqttNotice: Answer<MqttEvent> = information(
  '#XMQTTEVT',
  fields({ type: int(0, 9), result: int(-0x7fff_ffff) }),
)
