import { realpathSync } from 'node:fs'
import type { Port } from '../at/index.ts'
import { type Clock, type Outcome, refused } from '../terms/index.ts'
import { addressForms, parseAddress } from './address.ts'
import { processName } from './holder.ts'
import { lockPort } from './lock.ts'
import type { SerialOptions } from './options.ts'
import { busy, type PortProblem } from './problem.ts'
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
      return locked(text, `tcp-${address.host}-${address.port}`, () =>
        openTcp(address.host, address.port, { baud: address.baud ?? options.baud, rtt: address.rtt }),
      )
    case 'virtual':
      return openVirtual(address.options, clock)
    case undefined:
      return refused(unknownAddress(text))
  }
}

function openLine(path: string, options: SerialOptions): Promise<Outcome<Port, PortProblem>> {
  const open = options.backend === 'tty' ? openTty : openSerial
  return locked(path, realPath(path), () => open(path, options))
}

/** One sectag a port, whatever name it goes by and whatever backend opens it; the native module's own lock tells others. */
async function locked(
  address: string,
  name: string,
  open: () => Promise<Outcome<Port, PortProblem>>,
): Promise<Outcome<Port, PortProblem>> {
  const taken = lockPort(name)
  if ('holder' in taken) return refused(busy(address, processName(taken.holder)))
  const opened = await open()
  if (opened.ok) void opened.value.closed.then(() => taken.lock.release())
  else taken.lock.release()
  return opened
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
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
