import 'reflect-metadata'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Pkcs10CertificateRequest } from '@peculiar/x509'
import { systemRandom } from '../../src/cli/system-random.ts'
import {
  type Attestation,
  checkBirth,
  checkKeyProof,
  commonKey,
  type KeyProof,
  readAttestation,
  readKeyProof,
} from '../../src/identity/index.ts'
import {
  armour,
  der,
  derBits,
  derOid,
  derSignature,
  derTag,
  newSerial,
  parsePem,
  readCertificate,
} from '../../src/pki/index.ts'
import { systemClock } from '../../src/port/index.ts'
import type { Bytes } from '../../src/terms/index.ts'
import { personality, VirtualModem } from '../../src/virtual/index.ts'
import type { Figure } from '../run.ts'
import type { BenchAuthority } from './bench-authority.ts'
import { rate } from './rate.ts'

const [turns, opensslTurns, tag] = [400, 40, 16_842_753]
const curve = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** Proofs of born keys that are checked in a second. */
export async function proofs(ca: BenchAuthority): Promise<Figure[]> {
  const { text, attestation, proof } = said()
  const identityKey = commonKey([attestation, proof])
  const [form] = proof.forms
  if (identityKey === undefined || form === undefined) throw new Error('a modem has no identity key')
  const spki = der(derTag.sequence, ecP256, derBits(identityKey))
  const now = Date.now()
  const issued = await ca.authority.issue({
    profile: 'device',
    request: proof.der,
    now,
    serial: newSerial(systemRandom),
  })
  if (!issued.ok) throw new Error(issued.refusal.text)
  const chain = parsePem(issued.value.chain).blocks.map((block) => readCertificate(block.der))
  const root = readCertificate(parsePem(ca.authority.rootPem).blocks[0]?.der ?? new Uint8Array())
  const verifier = await crypto.subtle.importKey('spki', spki, curve, true, ['verify'])
  writeFileSync(join(ca.folder, 'identity.pem'), armour({ label: 'PUBLIC KEY', der: spki }))
  writeFileSync(join(ca.folder, 'signed.bin'), form.octets)
  writeFileSync(join(ca.folder, 'signature.der'), derSignature(proof.signature))
  writeFileSync(join(ca.folder, 'born.csr'), proof.der)
  return [
    ...(await rate('proofs read and checked: sectag, identity key known', turns, () => mustHold(text, identityKey))),
    ...(await rate('identity keys recovered from two tokens: sectag', turns, () => commonKey([attestation, proof]))),
    ...(await rate('births, device to root: sectag', turns, async () => {
      const { birth } = await checkBirth({ proof, beside: [attestation], identityKey, chain, root })
      if (birth !== 'born') throw new Error(birth)
    })),
    ...(await rate('proofs: WebCrypto and @peculiar/x509 alone, nothing read or compared', turns, async () => {
      const holds = await crypto.subtle.verify(curve, verifier, proof.signature, form.octets)
      if (!holds || !(await new Pkcs10CertificateRequest(proof.der).verify())) throw new Error('it does not hold')
    })),
    ...(await rate('proofs: openssl, two processes each, nothing read or compared', opensslTurns, () => {
      ca.openssl('dgst', '-sha256', '-verify', 'identity.pem', '-signature', 'signature.der', 'signed.bin')
      ca.openssl('req', '-inform', 'der', '-in', 'born.csr', '-verify', '-noout')
    })),
  ]
}

const ecP256 = der(derTag.sequence, derOid('1.2.840.10045.2.1'), derOid('1.2.840.10045.3.1.7'))

async function mustHold(text: string, identityKey: Bytes): Promise<void> {
  const proof = readKeyProof(text)
  if (!proof.ok || !(await checkKeyProof(proof.value, { tag, identityKey })).ok) throw new Error('it does not hold')
}

/** What a virtual modem says of a key that was born in it. */
function said(): { text: string; attestation: Attestation; proof: KeyProof } {
  const line = personality('1.3.5')
  if (line === undefined) throw new Error('no such firmware')
  const modem = new VirtualModem({ personality: line, clock: systemClock, seed: 'bench' })
  const ask = (command: string): string => /"([^"]+)"/.exec(modem.execute(command).text)?.[1] ?? ''
  const text = ask(`AT%KEYGEN=${tag},2,0`)
  const [attestation, proof] = [readAttestation(ask('AT%ATTESTTOKEN')), readKeyProof(text)]
  if (!attestation.ok || !proof.ok) throw new Error('a virtual modem says nothing that can be read')
  return { text, attestation: attestation.value, proof: proof.value }
}
