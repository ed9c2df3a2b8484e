import { join } from 'node:path'
import { type Attestation, identityKid, type KeyProof, readAttestation, readKeyProof } from '../../identity/index.ts'
import { type Certificate, parsePem, readCertificate } from '../../pki/index.ts'
import { type Bytes, fromHex, isoTime } from '../../terms/index.ts'
import { fileNames } from '../ca/folder.ts'
import type { Home } from '../home/home.ts'
import { type KeyOrigin, keyOrigins } from '../home/key-origin.ts'
import type { Enrolled, Pin } from '../home/enrolled.ts'
import { KnownBoard, knownBoards } from '../home/known.ts'
import { readFile } from '../read-file.ts'
import type { BirthCase, NoCase } from './case.ts'

/** The tags of a board in which a key was born or written by us, each as a case; only the one that is named, if one is. */
export function homeCases(
  home: Home,
  board: string,
  only: { tag?: number; root?: Certificate },
): (BirthCase | NoCase)[] {
  const known = new KnownBoard(home, board)
  const origins = new Map(keyOrigins(known).map((origin) => [origin.slot.tag, origin]))
  const enrolments = new Map(known.enrolments.map((one) => [one.tag, one]))
  const tags = [...new Set([...origins.keys(), ...enrolments.keys()])].sort((a, b) => a - b)
  const root = only.root ?? rootOf(home)
  return tags
    .filter((tag) => only.tag === undefined || tag === only.tag)
    .map((tag) => {
      const name = `the key in tag ${tag} of board ${board}`
      const [origin, enrolled] = [origins.get(tag), enrolments.get(tag)]
      if (origin?.origin === 'host') return fromFile(name, origin)
      if (enrolled === undefined) return noProof(name, origin?.why ?? 'nothing was kept of it')
      return enrolledCase(name, enrolled, { origin, home, board, pin: known.pin, root })
    })
}

function fromFile(name: string, { since }: KeyOrigin): NoCase {
  const when = since === undefined ? '' : ` at ${isoTime(since)}`
  return { name, without: 'from-file', why: `it was written from a file${when}: this host has seen it, for good` }
}

function noProof(name: string, why: string): NoCase {
  return { name, without: 'no-proof', why }
}

function enrolledCase(
  name: string,
  enrolled: Enrolled,
  more: {
    origin: KeyOrigin | undefined
    home: Home
    board: string
    pin: Pin | undefined
    root: Certificate | undefined
  },
): BirthCase | NoCase {
  const read = tokensOf(enrolled)
  if (typeof read === 'string') return noProof(name, read)
  const { pin, root, board } = more
  const chain = wholeChain(enrolled.chain)
  if (chain === undefined) return noProof(name, 'what was kept as its certificate cannot be read')
  const note = more.origin?.origin === 'modem' ? undefined : 'this slot was written or erased since the key was born'
  return {
    name,
    evidence: {
      proof: read.proof,
      beside: [read.attestation],
      tag: enrolled.tag,
      seenByHost: keysSeen(more.home),
      chain,
      ...(pin !== undefined && { identityKey: fromHex(pin.identityKey), deviceUuid: pin.deviceUuid }),
      ...(root !== undefined && { root }),
    },
    ...(pin !== undefined && { ground: { by: 'pinned', board, at: pin.at } }),
    ...(note !== undefined && { note }),
  }
}

function tokensOf({ proof, attestation }: Enrolled): { proof: KeyProof; attestation: Attestation } | string {
  if (proof === undefined || attestation === undefined)
    return 'it was enrolled by an older sectag, which checked the proof and did not keep it'
  const [born, attested] = [readKeyProof(proof), readAttestation(attestation)]
  if (!born.ok) return `what was kept as its proof is none: ${born.refusal.text}`
  if (!attested.ok) return `what was kept as attestation token is none: ${attested.refusal.text}`
  return attested.value.kid === identityKid
    ? { proof: born.value, attestation: attested.value }
    : 'what was kept as attestation token is not signed by an identity key'
}

/** The certificates of a text of which nothing else is expected; undefined where one of them cannot be read. */
function wholeChain(text: string): Certificate[] | undefined {
  const { blocks, problems } = parsePem(text)
  const chain = certificatesIn(text)
  return problems.length === 0 && chain.length > 0 && chain.length === blocks.length ? chain : undefined
}

/** The private keys that runs of this home have written from files, into whatever board. */
export function keysSeen(home: Home): Set<string> {
  const keys = knownBoards(home).flatMap((board) => new KnownBoard(home, board).hostKeys)
  return new Set(keys.flatMap(({ key }) => key ?? []))
}

/** The identity key that this home has pinned first for a device, and the board that it was met as. */
export function pinOf(home: Home, deviceUuid: string): (Pin & { board: string; key: Bytes }) | undefined {
  const pins = knownBoards(home).flatMap((board) => {
    const { pin } = new KnownBoard(home, board)
    return pin?.deviceUuid === deviceUuid ? [{ ...pin, board, key: fromHex(pin.identityKey) }] : []
  })
  return pins.sort((a, b) => a.at - b.at)[0]
}

function rootOf(home: Home): Certificate | undefined {
  const read = readFile(join(home.ca, fileNames.rootCertificate), 'root')
  return read instanceof Uint8Array ? certificatesIn(new TextDecoder().decode(read))[0] : undefined
}

/** The certificates of a PEM text; blocks that are none are left out. */
export function certificatesIn(text: string): Certificate[] {
  return parsePem(text).blocks.flatMap(({ label, der }) => {
    try {
      return label === 'CERTIFICATE' ? [readCertificate(der)] : []
    } catch {
      return []
    }
  })
}
