/** A port as the user names it, taken apart. */
export type Address =
  | { readonly kind: 'serial'; readonly path: string }
  | { readonly kind: 'pty'; readonly path: string }
  | { readonly kind: 'usb'; readonly serialNumber: string; readonly interface: number }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly baud?: number }
  | { readonly kind: 'virtual'; readonly options: ReadonlyMap<string, string> }

/** The forms that a port may be named in, for help and messages. */
export const addressForms = [
  '/dev/ttyACM0 or COM5',
  'serial:/dev/ttyACM0',
  'usb:<serial number>[.<interface>]',
  'tcp://host:port',
  'pty:/dev/pts/3',
  'virtual:?mfw=2.0.2&seed=7',
] as const

/** Reads an address; undefined where it has none of the forms. */
export function parseAddress(text: string): Address | undefined {
  const colon = /^([a-z]{3,}):(.*)$/s.exec(text)
  if (colon === null) return text === '' ? undefined : { kind: 'serial', path: text }
  const rest = colon[2] ?? ''
  switch (colon[1]) {
    case 'serial':
    case 'pty':
      return rest === '' ? undefined : { kind: colon[1], path: rest }
    case 'usb':
      return usbAddress(rest)
    case 'tcp':
      return tcpAddress(rest)
    case 'virtual':
      return { kind: 'virtual', options: new Map(new URLSearchParams(rest)) }
    case undefined:
    default:
      return undefined
  }
}

function usbAddress(rest: string): Address | undefined {
  const match = /^([^.\s]+)(?:\.(\d+))?$/.exec(rest)
  if (match === null) return undefined
  return { kind: 'usb', serialNumber: match[1] ?? '', interface: Number(match[2] ?? 0) }
}

function tcpAddress(rest: string): Address | undefined {
  const match = /^\/\/(\[[^\]]+\]|[^:/?]+):(\d{1,5})(?:\?baud=(\d+))?$/.exec(rest)
  const port = Number(match?.[2])
  if (match === null || port < 1 || port > 65_535) return undefined
  const host = (match[1] ?? '').replace(/^\[(.*)\]$/, '$1')
  return { kind: 'tcp', host, port, ...(match[3] !== undefined && { baud: Number(match[3]) }) }
}
