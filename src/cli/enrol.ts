import { commands } from '../at/index.ts'
import {
  type Attestation,
  type CheckedProof,
  checkKeyProof,
  commonKey,
  identityKid,
  isSignedBy,
  type KeyProof,
  readAttestation,
  readKeyProof,
} from '../identity/index.ts'
import type { Pen } from '../modem/index.ts'
import { sha256Hex } from '../pki/index.ts'
import { type Bytes, fromHex, hex, isoTime, type Outcome, ok, type Refusal, refused } from '../terms/index.ts'
import type { Board } from './board.ts'
import { type HomeAuthority, issueAndRecord } from './ca/open.ts'
import type { Enrolled } from './home/enrolled.ts'
import type { KnownBoard } from './home/known.ts'

/** Where a key is to be born, who certifies it, and what is known of the board. */
export interface EnrolTask {
  readonly tag: number
  readonly authority: HomeAuthority
  readonly known: KnownBoard
}

/** What a modem said on the way, as it came and as it was read. */
interface Said {
  readonly attestation: Attestation & { readonly text: string }
  readonly proof: KeyProof & { readonly text: string }
}

/**
 * Has a key born in a tag of the modem and a certificate issued for it. The proof is checked before the authority hears of
 * it: the digest, the tag, the device, and that the key which signed it is this device's identity key. That key is pinned
 * when the device is met first, over this cable; whoever signs with another one afterwards is refused before a key is made.
 * What was issued, and what shows the birth, is on the disk before this returns.
 */
export async function enrol(board: Board, pen: Pen, task: EnrolTask): Promise<Outcome<Enrolled>> {
  const attestation = await attest(board)
  if (!attestation.ok) return attestation
  const stranger = await strangerTo(task.known, attestation.value)
  if (stranger !== undefined) return unproven(stranger)
  const told = await pen.makeKey(task.tag)
  if (!told.ok) return told
  const proof = readKeyProof(told.value)
  if (!proof.ok) return unproven(`the proof of the new key cannot be read: ${proof.refusal.text}`)
  const said: Said = { attestation: attestation.value, proof: { ...proof.value, text: told.value } }
  const identityKey = identityOf(task.known, said)
  if (!identityKey.ok) return identityKey
  const checked = await check(task.tag, said, identityKey.value)
  return checked.ok ? issue(board, task, said, { ...checked.value, identityKey: identityKey.value }) : checked
}

async function attest(board: Board): Promise<Outcome<Said['attestation']>> {
  const said = await board.channel.send(commands.attestToken, {})
  if (!said.ok) return said
  const read = readAttestation(said.value)
  if (!read.ok) return unproven(`the attestation token cannot be read: ${read.refusal.text}`)
  if (read.value.kid !== identityKid) return unproven('the attestation token is not signed by an identity key')
  return ok({ ...read.value, text: said.value })
}

/** Why this is not the device that was met before under this IMEI; undefined where it is, or where none was. */
async function strangerTo({ pin }: KnownBoard, attestation: Attestation): Promise<string | undefined> {
  if (pin === undefined) return undefined
  const met = `since ${isoTime(pin.at)} this board is device ${pin.deviceUuid}`
  if (attestation.deviceUuid !== pin.deviceUuid) return `${met}; now device ${attestation.deviceUuid} answers`
  return (await isSignedBy(attestation, fromHex(pin.identityKey)))
    ? undefined
    : `${met}, whose identity key was pinned; what answers now signs with ANOTHER identity key`
}

/** The pinned key; at the first meeting, the one key that may have signed both tokens. */
function identityOf({ pin }: KnownBoard, { attestation, proof }: Said): Outcome<Bytes> {
  if (pin !== undefined) return ok(fromHex(pin.identityKey))
  const common = commonKey([attestation, proof])
  return common === undefined
    ? unproven('the proof of the new key and the attestation token were not signed by one device')
    : ok(common)
}

async function check(tag: number, { attestation, proof }: Said, identityKey: Bytes): Promise<Outcome<CheckedProof>> {
  const checked = await checkKeyProof(proof, { tag, deviceUuid: attestation.deviceUuid, identityKey })
  return checked.ok ? checked : unproven(`the proof of the new key does not hold: ${checked.refusal.text}`)
}

async function issue(
  board: Board,
  { tag, authority, known }: EnrolTask,
  { attestation, proof }: Said,
  { spki, identityKey }: { spki: Bytes; identityKey: Bytes },
): Promise<Outcome<Enrolled>> {
  const subject = `nrf-${board.imei}`
  const issued = await issueAndRecord(authority, { profile: 'device', request: proof.der, subject })
  if (!issued.ok) return unproven(`the authority did not certify the new key: ${issued.refusal.text}`)
  const { chain, certificate } = issued.value
  const fact: Enrolled = {
    fact: 'enrolled',
    at: authority.clock.now(),
    tag,
    chain,
    fingerprint: certificate.fingerprint,
    deviceUuid: proof.deviceUuid,
    identityKey: hex(identityKey),
    key: sha256Hex(spki),
    proof: proof.text,
    attestation: attestation.text,
  }
  known.add(fact)
  return ok(fact)
}

function unproven(why: string): { ok: false; refusal: Refusal } {
  return refused({ kind: 'unproven', why })
}
