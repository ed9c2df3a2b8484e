import { type Outcome, ok, refused } from '../terms/index.ts'
import { listPorts } from './list.ts'
import type { PortProblem } from './problem.ts'

/** The path of a board's port by its USB serial number; boards with several ports number them from 0. */
export async function usbPath(serialNumber: string, index: number): Promise<Outcome<string, PortProblem>> {
  const ports = await listPorts()
  const mine = ports.filter((port) => bareNumber(port.serialNumber ?? '') === bareNumber(serialNumber))
  const path = mine[index]?.path
  if (path !== undefined) return ok(path)
  const address = `usb:${serialNumber}.${index}`
  const text =
    mine.length === 0
      ? `no port has the USB serial number ${serialNumber}`
      : `that board has ${mine.length} ports, numbered from 0`
  return refused({
    code: 'no-such-port',
    address,
    text,
    why: 'the board is not plugged in, or its number is another',
    next: 'sectag ports',
  })
}

/** Debuggers print their number with zeros in front on the USB and without on the label. */
function bareNumber(serialNumber: string): string {
  return serialNumber.toLowerCase().replace(/^0+/, '')
}
