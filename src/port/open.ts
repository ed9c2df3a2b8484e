import type { Port } from '../at/index.ts'
import { type Clock, type Outcome, refused } from '../terms/index.ts'
import { addressForms, parseAddress } from './address.ts'
import type { SerialOptions } from './options.ts'
import type { PortProblem } from './problem.ts'
import { openSerial } from './serial.ts'
import { openTcp } from './tcp.ts'
import { openTty } from './tty.ts'
import { usbPath } from './usb.ts'
import { openVirtual } from './virtual.ts'

/** Opens a port by its address. */
export async function openPort(
  text: string,
  options: SerialOptions,
  clock: Clock,
): Promise<Outcome<Port, PortProblem>> {
  const address = parseAddress(text)
  switch (address?.kind) {
    case 'serial':
    case 'pty':
      return openLine(address.path, options)
    case 'usb': {
      const path = await usbPath(address.serialNumber, address.interface)
      return path.ok ? openLine(path.value, options) : path
    }
    case 'tcp':
      return openTcp(address.host, address.port, address.baud ?? options.baud)
    case 'virtual':
      return openVirtual(address.options, clock)
    case undefined:
      return refused(unknownAddress(text))
  }
}

function openLine(path: string, options: SerialOptions): Promise<Outcome<Port, PortProblem>> {
  return options.backend === 'tty' ? openTty(path, options) : openSerial(path, options)
}

function unknownAddress(text: string): PortProblem {
  return {
    code: 'unknown-address',
    address: text,
    text: `${text === '' ? 'an empty name' : text} names no port`,
    why: `a port is named as ${addressForms.join(', ')}`,
    next: 'sectag ports',
  }
}
