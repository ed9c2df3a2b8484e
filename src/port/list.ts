import { sysfsPorts } from './sysfs.ts'

/** A serial port that this machine has. PTYs are never among them: they are named by path. */
export interface ListedPort {
  readonly path: string
  readonly manufacturer?: string
  readonly product?: string
  readonly serialNumber?: string
  readonly vendorId?: string
  readonly productId?: string
  /** Whether its USB vendor is one that nRF91 boards have. */
  readonly likely: 'nordic' | 'no'
}

/** SEGGER's and Nordic's USB vendors: the debuggers of Nordic kits, and Nordic's own devices. */
const nordicVendors = new Set(['1366', '1915'])

/** Every serial port of this machine, in the order of their paths. */
export async function listPorts(): Promise<ListedPort[]> {
  const found = process.platform === 'linux' ? sysfsPorts() : await nativePorts()
  return found
    .map((port): ListedPort => ({ ...port, likely: nordicVendors.has(port.vendorId ?? '') ? 'nordic' : 'no' }))
    .sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }))
}

async function nativePorts(): Promise<Omit<ListedPort, 'likely'>[]> {
  const { SerialPort } = await import('serialport')
  return (await SerialPort.list()).map(({ path, manufacturer, serialNumber, vendorId, productId }) => ({
    path,
    ...(manufacturer !== undefined && { manufacturer }),
    ...(serialNumber !== undefined && { serialNumber }),
    ...(vendorId !== undefined && { vendorId: vendorId.toLowerCase() }),
    ...(productId !== undefined && { productId: productId.toLowerCase() }),
  }))
}
