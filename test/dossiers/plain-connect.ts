import { connect } from 'node:net'
import { generate } from 'mqtt-packet'

/** Sends an MQTT CONNECT without TLS, and waits until the other side hangs up. */
export function plainConnect(port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(generate({ cmd: 'connect', clientId: 'nrf-7', protocolVersion: 4, clean: true, keepalive: 60 })),
    )
    socket.on('error', () => socket.destroy()).once('close', () => resolve())
  })
}
