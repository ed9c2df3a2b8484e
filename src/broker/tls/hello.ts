import { type Bytes, fromUtf8 } from '../../terms/index.ts'

/** What a device offers. */
export interface ClientHello {
  /** The name that it asks for (RFC 6066, 3). */
  readonly name?: string
  /** Numbers of its cipher suites, best first. */
  readonly suites: readonly number[]
}

/** What the broker chose of it. */
export interface ServerHello {
  /** 0x0303 is TLS 1.2, 0x0304 TLS 1.3. */
  readonly version: number
  readonly suite: number
}

/** Modems offer ten; anything that offers more than this is not listed whole. */
const mostSuites = 200
const longestName = 255
const extension = { serverName: 0, supportedVersions: 43 } as const

/** Reads a ClientHello (RFC 5246, 7.4.1.2); of a broken one, what stands before the break. */
export function readClientHello(body: Bytes): ClientHello {
  const session = vector(body, 34, 1)
  const suites = vector(body, session.end, 2)
  const methods = vector(body, suites.end, 1)
  const asked = findExtension(vector(body, methods.end, 2).bytes, extension.serverName)
  const name = asked === undefined ? undefined : nameIn(asked)
  const numbers = Array.from({ length: Math.min(mostSuites, suites.bytes.length >> 1) }, (_, at) =>
    read16(suites.bytes, at * 2),
  )
  return { suites: numbers, ...(name !== undefined && { name }) }
}

/** Reads a ServerHello. TLS 1.3 names itself in an extension only (RFC 8446, 4.2.1). */
export function readServerHello(body: Bytes): ServerHello {
  const session = vector(body, 34, 1)
  const chosen = findExtension(vector(body, session.end + 3, 2).bytes, extension.supportedVersions)
  return { version: chosen === undefined ? read16(body, 0) : read16(chosen, 0), suite: read16(body, session.end) }
}

/** A list of names of which only host names, kind 0, were ever defined. */
function nameIn(list: Bytes): string | undefined {
  const { bytes } = vector(list, 0, 2)
  if (bytes[0] !== 0) return undefined
  const name = fromUtf8(vector(bytes, 1, 2).bytes)
  return /^[\w.:-]+$/.test(name) && name.length <= longestName ? name : undefined
}

function findExtension(list: Bytes, wanted: number): Bytes | undefined {
  for (let at = 0; at + 4 <= list.length; ) {
    const content = vector(list, at + 2, 2)
    if (read16(list, at) === wanted) return content.bytes
    at = content.end
  }
  return undefined
}

/** Bytes with their length in front; what is missing at the end is left out. */
function vector(bytes: Bytes, at: number, width: 1 | 2): { bytes: Bytes; end: number } {
  const length = width === 1 ? (bytes[at] ?? 0) : read16(bytes, at)
  const from = at + width
  return { bytes: bytes.slice(from, from + length), end: from + length }
}

function read16(bytes: Bytes, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
}
