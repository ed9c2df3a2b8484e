import { isIP } from 'node:net'
import { type Bytes, concatBytes, utf8 } from '../terms/index.ts'
import { Cursor, uint, vector } from './cursor.ts'
import type { TlsProfile } from './profile.ts'
import { tls12 } from './record.ts'
import { offeredSignatures } from './signature.ts'

/** Numbers of the curves (RFC 8422 §5.1.1). */
export const curveNumber = { 'P-256': 23, 'P-384': 24 } as const

/** Says that this client knows renegotiation to be a trap (RFC 5746 §3.3), without an extension. */
const emptyRenegotiationInfo = 0x00ff

/** Numbers of extensions (RFC 6066, 7627, 8422, 8446, 5077). */
export const extension = {
  serverName: 0,
  shortRecords: 1,
  groups: 10,
  pointFormats: 11,
  signatures: 13,
  extendedMasterSecret: 23,
  ticket: 35,
  versions: 43,
  keyShare: 51,
} as const

/** What a ClientHello offers. */
export interface HelloOffer {
  /** Numbers, best first. */
  readonly suites: readonly number[]
  readonly groups: readonly number[]
  readonly signatures: readonly number[]
  /** Asks for a certificate by name. Addresses are not sent (RFC 6066 §3). */
  readonly name?: string
  readonly extendedMasterSecret?: boolean
  /** Asks for records of at most 2,048 bytes (RFC 6066 §4; TLS-26). */
  readonly shortRecords?: boolean
  /** The session to go on with. */
  readonly session?: Uint8Array
  /** Asks for a ticket to resume with (RFC 5077). */
  readonly ticket?: boolean
  /** Versions that are offered besides TLS 1.2, by an extension that old servers do not read (RFC 8446 §4.2.1). */
  readonly versions?: readonly number[]
}

function named(name: string): Bytes {
  return vector(2, uint(0, 1), vector(2, utf8(name)))
}

const pairs = (numbers: readonly number[]): Bytes[] => numbers.map((number) => uint(number, 2))
const nothing: Bytes = new Uint8Array(0)

function extensions(offer: HelloOffer): Bytes {
  const list: [number, Bytes][] = [
    [extension.groups, vector(2, ...pairs(offer.groups))],
    [extension.pointFormats, vector(1, uint(0, 1))],
    [extension.signatures, vector(2, ...pairs(offer.signatures))],
  ]
  const { name, versions } = offer
  if (name !== undefined && isIP(name) === 0) list.unshift([extension.serverName, named(name)])
  if (offer.extendedMasterSecret === true) list.push([extension.extendedMasterSecret, nothing])
  if (offer.shortRecords === true) list.push([extension.shortRecords, uint(3, 1)])
  if (offer.ticket === true) list.push([extension.ticket, nothing])
  // RFC 8446 §4.2.8: without a key of ours a server of TLS 1.3 asks for one, and has said that it is one.
  if (versions !== undefined)
    list.push([extension.versions, vector(1, ...pairs(versions))], [extension.keyShare, vector(2)])
  return vector(2, ...list.map(([number, content]) => concatBytes([uint(number, 2), vector(2, content)])))
}

/** The content of a ClientHello: no compression. */
export function formatHello(offer: HelloOffer, random: Uint8Array): Bytes {
  return concatBytes([
    uint(tls12, 2),
    random,
    vector(1, offer.session ?? nothing),
    vector(2, ...pairs([...offer.suites, emptyRenegotiationInfo])),
    vector(1, uint(0, 1)),
    extensions(offer),
  ])
}

/** What a modem offers. */
export function modemOffer(profile: TlsProfile, name?: string): HelloOffer {
  const { suites, extendedMasterSecret, curves } = profile
  const groups = curves.map((curve) => curveNumber[curve])
  return { suites, groups, signatures: offeredSignatures, extendedMasterSecret, ...(name !== undefined && { name }) }
}

/** The content of a modem's ClientHello: no ticket, no compression. */
export function clientHello(
  profile: TlsProfile,
  random: Uint8Array,
  { name, session }: Pick<HelloOffer, 'name' | 'session'> = {},
): Bytes {
  return formatHello({ ...modemOffer(profile, name), ...(session !== undefined && { session }) }, random)
}

/** What a server chose. */
export interface ServerHello {
  readonly version: number
  readonly random: Bytes
  /** By what it would resume this session, or goes on with it; empty where it does not, or by a ticket. */
  readonly session: Bytes
  readonly suite: number
  readonly extendedMasterSecret: boolean
  /** Numbers of the extensions that it answered. */
  readonly extensions: readonly number[]
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
  const extendedMasterSecret = found.includes(extension.extendedMasterSecret)
  return { version, random, session, suite, extendedMasterSecret, extensions: found }
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
