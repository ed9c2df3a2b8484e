import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What Linux tells of a serial port. */
export interface SysfsPort {
  readonly path: string
  readonly manufacturer?: string
  readonly product?: string
  readonly serialNumber?: string
  readonly vendorId?: string
  readonly productId?: string
}

/** Serial ports by Linux's own account, which needs neither udev nor a native module. PTYs and consoles are not among them. */
export function sysfsPorts(folder = '/sys/class/tty'): SysfsPort[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'device')) && isThere(join(folder, name)))
    .map((name) => ({ path: `/dev/${name}`, ...usbOf(join(folder, name, 'device')) }))
}

/** A PC has dozens of ttyS nodes and a chip behind few of them: type 0 says that there is none. */
function isThere(port: string): boolean {
  return read(join(port, 'type')) !== '0'
}

function usbOf(device: string): Omit<SysfsPort, 'path'> {
  for (let at = realpathSync(device); at !== dirname(at); at = dirname(at)) {
    const vendorId = read(join(at, 'idVendor'))
    if (vendorId === undefined) continue
    const told = {
      manufacturer: read(join(at, 'manufacturer')),
      product: read(join(at, 'product')),
      serialNumber: read(join(at, 'serial')),
      productId: read(join(at, 'idProduct')),
    }
    return { vendorId, ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) }
  }
  return {}
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return undefined
  }
}
