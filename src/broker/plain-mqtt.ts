import { connect } from 'node:net'
import { generate, parser } from 'mqtt-packet'

/** Whether an MQTT broker answers in clear where TLS was expected. Sends one CONNECT with a client id of its own. */
export function speaksPlainMqtt(host: string, port: number, clientId: string, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true, timeout: timeoutMs })
    const reader = parser({ protocolVersion: 4 })
    const end = (plain: boolean): void => {
      socket.destroy()
      resolve(plain)
    }
    reader.on('packet', (packet) => end(packet.cmd === 'connack'))
    reader.on('error', () => end(false))
    socket.on('connect', () =>
      socket.write(
        generate({ cmd: 'connect', clientId, clean: true, keepalive: 10, protocolId: 'MQTT', protocolVersion: 4 }),
      ),
    )
    socket.on('data', (chunk) => void reader.parse(chunk))
    socket.on('error', () => end(false))
    socket.on('timeout', () => end(false))
    socket.on('close', () => end(false))
  })
}
