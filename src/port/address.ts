/** A port as the user names it, taken apart. */
export type Address =
  | { readonly kind: 'serial'; readonly path: string }
  | { readonly kind: 'pty'; readonly path: string }
  | { readonly kind: 'usb'; readonly serialNumber: string; readonly interface: number }
  | {
      readonly kind: 'tcp'
      readonly host: string
      readonly port: number
      readonly baud?: number
      readonly rtt?: number
    }
  | { readonly kind: 'virtual'; readonly options: ReadonlyMap<string, string> }

/** The forms that a port may be named in, for help and messages. */
export const addressForms = [
  '/dev/ttyACM0 or COM5',
  'serial:/dev/ttyACM0',
  'usb:<serial number>[.<interface>]',
  'tcp://host:port',
  'tcp://localhost:19021?rtt=0',
  'pty:/dev/pts/3',
  'virtual:?mfw=2.0.2&seed=7',
] as const

/** More channels than any build has: a longer number is a slip of the finger. */
const mostRttChannels = 99

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
  const match = /^\/\/(\[[^\]]+\]|[^:/?]+):(\d{1,5})(?:\?(.*))?$/.exec(rest)
  const port = Number(match?.[2])
  const more = tcpOptions(match?.[3] ?? '')
  if (match === null || more === undefined || port < 1 || port > 65_535) return undefined
  const host = (match[1] ?? '').replace(/^\[(.*)\]$/, '$1')
  return { kind: 'tcp', host, port, ...more }
}

/** `baud`: how fast what is behind the connection is; `rtt`: a channel of J-Link's RTT (RTT-01). */
function tcpOptions(text: string): { baud?: number; rtt?: number } | undefined {
  const options: { baud?: number; rtt?: number } = {}
  for (const [name, value] of new URLSearchParams(text)) {
    if ((name !== 'baud' && name !== 'rtt') || !/^\d{1,9}$/.test(value)) return undefined
    options[name] = Number(value)
  }
  return options.baud === 0 || (options.rtt ?? 0) > mostRttChannels ? undefined : options
}
