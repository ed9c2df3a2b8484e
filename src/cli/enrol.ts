import { commands } from '../at/index.ts'
import {
  type Attestation,
  type CheckedProof,
  checkKeyProof,
  commonKey,
  type KeyProof,
  readAttestation,
  readKeyProof,
} from '../identity/index.ts'
import type { Pen } from '../modem/index.ts'
import { type Bytes, fromHex, hex, type Outcome, ok, type Refusal, refused } from '../terms/index.ts'
import type { Board } from './board.ts'
import { type HomeAuthority, issueAndRecord } from './ca/open.ts'
import type { Enrolled, KnownBoard } from './home/known.ts'

/** Where a key is to be born, who certifies it, and what is known of the board. */
export interface EnrolTask {
  readonly tag: number
  readonly authority: HomeAuthority
  readonly known: KnownBoard
}

/**
 * Has a key born in a tag of the modem and a certificate issued for it. The proof is checked before the authority hears of
 * it: the digest, the tag, the device, and that the key which signed it is this device's identity key. That key is pinned
 * when the device is met first, over this cable. What was issued is on the disk before this returns.
 */
export async function enrol(board: Board, pen: Pen, task: EnrolTask): Promise<Outcome<Enrolled>> {
  const attestation = await attest(board)
  if (!attestation.ok) return attestation
  const said = await pen.makeKey(task.tag)
  if (!said.ok) return said
  const proof = readKeyProof(said.value)
  if (!proof.ok) return unproven(`the proof of the new key cannot be read: ${proof.refusal.text}`)
  const identityKey = identityOf(task.known, attestation.value, proof.value)
  if (!identityKey.ok) return identityKey
  const checked = check(task.tag, attestation.value, proof.value, identityKey.value)
  return checked.ok ? issue(board, task, proof.value, identityKey.value) : checked
}

async function attest(board: Board): Promise<Outcome<Attestation>> {
  const said = await board.channel.send(commands.attestToken, {})
  if (!said.ok) return said
  const read = readAttestation(said.value)
  return read.ok ? read : unproven(`the attestation token cannot be read: ${read.refusal.text}`)
}

/** The pinned key; at the first meeting, the one key that may have signed both tokens. */
function identityOf(known: KnownBoard, attestation: Attestation, proof: KeyProof): Outcome<Bytes> {
  const pinned = known.identityKey
  if (pinned !== undefined) return ok(fromHex(pinned))
  const common = commonKey([attestation, proof])
  return common === undefined
    ? unproven('the proof of the new key and the attestation token were not signed by one device')
    : ok(common)
}

function check(tag: number, { deviceUuid }: Attestation, proof: KeyProof, identityKey: Bytes): Outcome<CheckedProof> {
  const checked = checkKeyProof(proof, { tag, deviceUuid, identityKey })
  return checked.ok ? checked : unproven(`the proof of the new key does not hold: ${checked.refusal.text}`)
}

async function issue(
  board: Board,
  { tag, authority, known }: EnrolTask,
  proof: KeyProof,
  identityKey: Bytes,
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
  }
  known.add(fact)
  return ok(fact)
}

function unproven(why: string): { ok: false; refusal: Refusal } {
  return refused({ kind: 'unproven', why })
}
