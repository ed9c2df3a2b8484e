/** A serial port that this machine has. PTYs are never among them: they are named by path. */
export interface ListedPort {
  readonly path: string
  readonly product?: string
  readonly serialNumber?: string
  readonly vendorId?: string
  readonly productId?: string
  /** How sure it is that this is an nRF91 board, from its USB identity. */
  readonly likely: 'nordic' | 'no'
}

/** SEGGER's and Nordic's USB vendors: the debuggers of Nordic kits, and Nordic's own devices. */
const nordicVendors = new Set(['1366', '1915'])

/** Every serial port of this machine, in the order of their paths. */
export async function listPorts(): Promise<ListedPort[]> {
  const { SerialPort } = await import('serialport')
  const ports = await SerialPort.list()
  return ports
    .map(
      ({ path, manufacturer, serialNumber, vendorId, productId }): ListedPort => ({
        path,
        ...(manufacturer !== undefined && { product: manufacturer }),
        ...(serialNumber !== undefined && { serialNumber }),
        ...(vendorId !== undefined && { vendorId: vendorId.toLowerCase() }),
        ...(productId !== undefined && { productId: productId.toLowerCase() }),
        likely: nordicVendors.has(vendorId?.toLowerCase() ?? '') ? 'nordic' : 'no',
      }),
    )
    .sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }))
}
