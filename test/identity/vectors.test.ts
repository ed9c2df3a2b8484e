import { expect } from 'vitest'
import {
  type Attestation,
  candidateKeys,
  checkKeyProof,
  commonKey,
  type KeyProof,
  readAttestation,
  readKeyProof,
} from '../../src/identity/index.ts'
import { hex } from '../../src/terms/index.ts'
import { needs } from '../support/outside.ts'
import { identityVectors, provisioningVectors } from '../support/vectors.ts'

const withVectors = needs('provisioning vectors (SECTAG_VECTORS)', provisioningVectors !== undefined)
const devices = provisioningVectors === undefined ? [] : identityVectors(provisioningVectors)

function read(name: string, text: string): Attestation | KeyProof | undefined {
  if (name.startsWith('attest')) return opened(readAttestation(text))
  return name.startsWith('keygen') ? opened(readKeyProof(text)) : undefined
}

function opened<T>(outcome: { ok: true; value: T } | { ok: false; refusal: { text: string } }): T {
  if (!outcome.ok) throw new Error(outcome.refusal.text)
  return outcome.value
}

withVectors('the vectors’ tokens are read, and say the device, challenge and tag that their names say', () => {
  expect(devices.length).toBeGreaterThan(0)
  for (const device of devices) {
    for (const [name, text] of Object.entries(device.tokens)) {
      const token = read(name, text)
      if (token === undefined) continue
      expect(token.deviceUuid, name).toBe(device.device_uuid)
      const [, challenge] = /^attest_challenge_(\w+)$/.exec(name) ?? []
      if (challenge !== undefined) expect(hex(token.nonce)).toBe(challenge)
      const [, kind, tag] = /^keygen_(csr|pubkey)_tag_(\d+)$/.exec(name) ?? []
      if (kind !== undefined)
        expect(token).toMatchObject({ kind: kind === 'csr' ? 'request' : 'public-key', tag: Number(tag) })
    }
  }
})

withVectors(
  'the vectors’ identity key is recovered: two candidates from one token, one key from all (KEY-33 to KEY-36)',
  () => {
    for (const device of devices) {
      const tokens = Object.entries(device.tokens).flatMap(([name, text]) => read(name, text) ?? [])
      const { attest } = device.tokens
      const alone = candidateKeys(opened(readAttestation(attest ?? ''))).map(hex)
      expect(alone.sort()).toEqual([...device.candidates_from_attest_alone].sort())
      expect(hex(commonKey(tokens) ?? new Uint8Array())).toBe(device.identity_public_key)
    }
  },
)

withVectors('the vectors’ key proofs hold under that key, and cover what the vectors say', async () => {
  for (const device of devices) {
    const identityKey = Uint8Array.from(Buffer.from(device.identity_public_key, 'hex'))
    for (const [name, text] of Object.entries(device.tokens)) {
      const proof = read(name, text)
      if (proof === undefined || proof.kind === 'attestation') continue
      const checked = await checkKeyProof(proof, { tag: proof.tag, deviceUuid: device.device_uuid, identityKey })
      const covers = device.keygen_signature_covers === 'payload only' ? 'payload' : 'payload and body'
      expect(checked, name).toMatchObject({ ok: true, value: { covers } })
    }
  }
})
