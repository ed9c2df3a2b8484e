import type { commands } from '../../at/index.ts'
import type { Outcome } from '../../terms/index.ts'

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

/** Hears what happens in a session (SM-19). */
export type MqttEar = (event: commands.MqttEvent) => void

/**
 * Opens a connection for a Serial Modem: real sockets are the edge's. The outcome is known when the TLS handshake is, and
 * what follows is told to the ear, beginning with the CONNACK.
 */
export type OpenMqtt = (dial: MqttDial, ear: MqttEar) => Promise<Outcome<MqttLine>>
