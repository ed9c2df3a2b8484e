import type { commands } from '../../at/index.ts'
import type { Outcome } from '../../terms/index.ts'
import type { VirtualModem } from '../modem.ts'

/** A connection that a Serial Modem orders: who connects, where to, and with the credentials of which tag. */
export interface MqttDial {
  readonly clientId: string
  /** Seconds. */
  readonly keepAlive: number
  readonly cleanSession: boolean
  readonly user: string
  readonly password: string
  readonly host: string
  readonly port: number
  /** Without one the connection is not secured. */
  readonly tag?: number
}

/** An MQTT session while it stands. */
export interface MqttLine {
  publish(topic: string, payload: string, qos: 0 | 1): void
  subscribe(topic: string): void
  close(): void
}

/** Hears what happens in a session (SM-19), and the messages that come in it. */
export interface MqttEar {
  happens(event: commands.MqttEvent): void
  hears(topic: string, payload: string): void
}

/**
 * Opens a connection for a Serial Modem: real sockets are the edge's. The outcome is known when the TLS handshake is, and
 * what follows is told to the ear, beginning with the CONNACK.
 */
export type OpenMqtt = (dial: MqttDial, ear: MqttEar) => Promise<Outcome<MqttLine>>

/** What a Serial Modem's own commands need. */
export interface SerialModemOptions {
  readonly modem: VirtualModem
  /** How it reaches a broker; without it a connection is refused. */
  readonly openMqtt?: OpenMqtt
  /** Prints a notification. */
  notify(line: string): void
}
