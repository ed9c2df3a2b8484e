import { isIP } from 'node:net'
import { type Bytes, concatBytes, utf8 } from '../../terms/index.ts'
import { Cursor, uint, vector } from './cursor.ts'
import type { TlsProfile } from './profile.ts'
import { tls12 } from './record.ts'
import { offeredSignatures } from './signature.ts'

/** Numbers of the curves (RFC 8422 §5.1.1). */
export const curveNumber = { 'P-256': 23, 'P-384': 24 } as const

/** Says that this client knows renegotiation to be a trap (RFC 5746 §3.3), without an extension. */
const emptyRenegotiationInfo = 0x00ff

const extension = {
  serverName: 0,
  groups: 10,
  pointFormats: 11,
  signatures: 13,
  extendedMasterSecret: 23,
} as const

function named(name: string): Bytes {
  return vector(2, uint(0, 1), vector(2, utf8(name)))
}

function extensions(profile: TlsProfile, name: string | undefined): Bytes {
  const curves = profile.curves.map((curve) => uint(curveNumber[curve], 2))
  const list: [number, Bytes][] = [
    [extension.groups, vector(2, ...curves)],
    [extension.pointFormats, vector(1, uint(0, 1))],
    [extension.signatures, vector(2, ...offeredSignatures.map((scheme) => uint(scheme, 2)))],
  ]
  // RFC 6066 §3: an address is no name.
  if (name !== undefined && isIP(name) === 0) list.unshift([extension.serverName, named(name)])
  if (profile.extendedMasterSecret) list.push([extension.extendedMasterSecret, new Uint8Array(0)])
  return vector(2, ...list.map(([number, content]) => concatBytes([uint(number, 2), vector(2, content)])))
}

/** What a ClientHello may ask for beside the profile. */
export interface HelloWishes {
  /** Asks for a certificate by name. */
  readonly name?: string
  /** The session to go on with. */
  readonly session?: Uint8Array
}

/** The content of a ClientHello: no ticket, no compression. */
export function clientHello(profile: TlsProfile, random: Uint8Array, { name, session }: HelloWishes = {}): Bytes {
  return concatBytes([
    uint(tls12, 2),
    random,
    vector(1, session ?? new Uint8Array()),
    vector(2, ...[...profile.suites, emptyRenegotiationInfo].map((suite) => uint(suite, 2))),
    vector(1, uint(0, 1)),
    extensions(profile, name),
  ])
}

/** What a server chose. */
export interface ServerHello {
  readonly version: number
  readonly random: Bytes
  /** The session's name, where it can be gone on with later; the one that was offered where this goes on with it. */
  readonly session: Bytes
  readonly suite: number
  readonly extendedMasterSecret: boolean
}

/** Reads a ServerHello; undefined where it is none. */
export function readServerHello(body: Uint8Array): ServerHello | undefined {
  const cursor = new Cursor(body)
  const version = cursor.uint(2)
  const random = cursor.bytes(32)
  const session = cursor.vector(1)
  const suite = cursor.uint(2)
  const compression = cursor.uint(1)
  const found = cursor.left === 0 ? [] : readExtensions(cursor.vector(2))
  if (!cursor.whole || compression !== 0 || found === undefined) return undefined
  return { version, random, session, suite, extendedMasterSecret: found.includes(extension.extendedMasterSecret) }
}

function readExtensions(bytes: Uint8Array): number[] | undefined {
  const cursor = new Cursor(bytes)
  const found: number[] = []
  while (cursor.left > 0) {
    found.push(cursor.uint(2))
    cursor.vector(2)
  }
  return cursor.whole ? found : undefined
}
