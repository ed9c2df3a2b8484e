import { table } from '../table.ts'
import type { Verb } from '../verb.ts'

/** `sectag ports` */
export const ports: Verb = {
  name: 'ports',
  summary: 'list the serial ports of this machine',
  examples: ['sectag ports', 'sectag ports --json', 'sectag info --port /dev/ttyACM0   # then ask one who it is'],
  shape: () => {},
  async run(context, output) {
    const found = await context.listPorts()
    for (const port of found) output.event('port', { ...port })
    if (found.length === 0) {
      return {
        exit: 1,
        failure: {
          what: 'this machine has no serial port',
          state: 'no board was touched',
          why: 'no board is plugged in; PTYs and TCP ports are never listed, they are named by path',
          next: 'sectag modem   # offers a virtual board',
        },
      }
    }
    const rows = found.map((port) => [
      port.path,
      [port.manufacturer, port.product].filter(Boolean).join(' ') || '-',
      port.serialNumber ?? '-',
      port.likely === 'nordic' ? "Nordic's or SEGGER's" : '-',
    ])
    output.say(table(['PORT', 'PRODUCT', 'SERIAL', 'LIKELY'], rows))
    return { exit: 0, more: { ports: found.length } }
  },
}
