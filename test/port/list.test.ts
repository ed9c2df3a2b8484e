import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sysfsPorts } from '../../src/port/sysfs.ts'

test('Linux’s own account is read as it lays it out: a kit’s debugger with two ports, a bare chip, and empty nodes', () => {
  const root = mkdtempSync(join(tmpdir(), 'sectag-sysfs-'))
  const tty = join(root, 'class/tty')
  const kit = join(root, 'devices/usb1/1-1')
  const add = (name: string, device: string, type?: string): void => {
    mkdirSync(join(tty, name), { recursive: true })
    mkdirSync(device, { recursive: true })
    symlinkSync(device, join(tty, name, 'device'))
    if (type !== undefined) writeFileSync(join(tty, name, 'type'), `${type}\n`)
  }
  add('ttyACM0', join(kit, '1-1:1.0'))
  add('ttyACM1', join(kit, '1-1:1.2'))
  add('ttyS0', join(root, 'devices/platform/serial8250'), '4')
  add('ttyS9', join(root, 'devices/platform/serial8250-9'), '0')
  mkdirSync(join(tty, 'tty1'))
  for (const [file, text] of [
    ['idVendor', '1366'],
    ['idProduct', '1059'],
    ['serial', '001051216197'],
    ['product', 'J-Link'],
    ['manufacturer', 'SEGGER'],
  ] as const) {
    writeFileSync(join(kit, file), `${text}\n`)
  }
  const usb = {
    vendorId: '1366',
    productId: '1059',
    serialNumber: '001051216197',
    product: 'J-Link',
    manufacturer: 'SEGGER',
  }
  const found = sysfsPorts(tty).sort((a, b) => a.path.localeCompare(b.path))
  expect(found).toEqual([{ path: '/dev/ttyACM0', ...usb }, { path: '/dev/ttyACM1', ...usb }, { path: '/dev/ttyS0' }])
  rmSync(root, { recursive: true })
})
