import { type Certificate, issuedBy, readRequest, sha256Hex, verifyRequest } from '../pki/index.ts'
import { type Bytes, sameBytes } from '../terms/index.ts'
import { checkKeyProof } from './check-key-proof.ts'
import { type Identified, identify } from './identify.ts'
import type { KeyProof } from './key-proof.ts'
import type { Signed } from './token.ts'

/** What is held against each other, years later too: no modem is asked. */
export interface BirthEvidence {
  readonly proof: KeyProof
  /** What else this device has signed. */
  readonly beside: readonly Signed[]
  readonly tag?: number
  readonly deviceUuid?: string
  /** The identity key of the device as it was pinned: the uncompressed point, 65 octets. */
  readonly identityKey?: Bytes
  /** Keys that hosts have had, SHA-256 of their SubjectPublicKeyInfo, upper-case hexadecimal: none of them was born in a modem. */
  readonly seenByHost?: ReadonlySet<string>
  /** What was issued for the key, leaf first; empty where nothing is said of a certificate. */
  readonly chain: readonly Certificate[]
  /** Whom the chain must lead to. */
  readonly root?: Certificate
}

/** The links from a device to a certificate, in their order. */
export const birthParts = ['identity', 'proof', 'request', 'unseen', 'certificate', 'issuer'] as const

/** One link of the chain. `holds` is left out where nothing decides; `text` says why in either case. */
export interface BirthLink {
  readonly part: (typeof birthParts)[number]
  readonly holds?: boolean
  readonly text: string
}

/** What was found. `born`: every link that was asked for holds, from a known identity key on; `broken`: one does not. */
export interface Birth {
  readonly birth: 'born' | 'unknown' | 'broken'
  /** SHA-256 of the SubjectPublicKeyInfo of the key in question, upper-case hexadecimal; left out where there is none. */
  readonly key?: string
  readonly identified: Identified
  readonly links: readonly BirthLink[]
}

/**
 * Whether a key was born in a tag of a device, and a certificate is for this key: device identity, proof, request,
 * certificate, issuer. It rests on the identity key being that of the device, which no signature shows: without a key that
 * is known, nothing is more than consistent.
 */
export async function checkBirth(evidence: BirthEvidence): Promise<Birth> {
  const { proof, beside, identityKey, tag = proof.tag, deviceUuid } = evidence
  const identified = await identify([proof, ...beside], identityKey)
  const checked = await checkKeyProof(proof, {
    tag,
    ...(deviceUuid !== undefined && { deviceUuid }),
    ...(identityKey !== undefined && { identityKey }),
  })
  const proofLink: BirthLink = checked.ok
    ? { part: 'proof', holds: true, text: `is of this key, tag ${proof.tag}, device ${proof.deviceUuid}` }
    : { part: 'proof', holds: false, text: checked.refusal.text }
  const spki = checked.ok ? checked.value.spki : undefined
  const links = [
    identityLink(identified, beside.length + 1),
    proofLink,
    ...(await requestLink(proof)),
    ...(spki === undefined ? [] : [...unseenLink(spki, evidence), ...(await certificateLinks(spki, evidence))]),
  ]
  return { birth: conclude(links), ...(spki !== undefined && { key: sha256Hex(spki) }), identified, links }
}

function conclude(links: readonly BirthLink[]): Birth['birth'] {
  if (links.some(({ holds }) => holds === false)) return 'broken'
  // What is left open of a certificate does not touch the birth of the key.
  const needed = links.filter(({ part }) => part === 'identity' || part === 'proof')
  return needed.every(({ holds }) => holds === true) ? 'born' : 'unknown'
}

function identityLink(identified: Identified, count: number): BirthLink {
  const part = 'identity'
  switch (identified.by) {
    case 'known': {
      const of = count === 1 ? 'the proof' : `all ${count} tokens`
      const text = identified.signedAll ? `has signed ${of}` : `has not signed ${of}: another device, or a forgery`
      return { part, holds: identified.signedAll, text }
    }
    case 'two-signatures':
      return {
        part,
        text: 'the tokens are of one device; nothing known says that it is this one, and anybody can make up such a pair',
      }
    case 'one-signature':
      return {
        part,
        text: `one signature leaves ${identified.candidates} keys that may have made it; a second token of the device decides`,
      }
    case 'none':
      return { part, holds: false, text: 'no key can have signed what is said to be of one device' }
  }
}

/** RFC 2986, 4.2: whoever made the request holds the key. A proof of a public key alone has no request. */
async function requestLink({ kind, der }: KeyProof): Promise<BirthLink[]> {
  if (kind !== 'request') return []
  const request = readRequest(der)
  const holds = request.ok && (await verifyRequest(request.value))
  return [
    {
      part: 'request',
      holds,
      text: holds ? 'is signed by the key that it names' : 'is not signed by the key that it names',
    },
  ]
}

function unseenLink(spki: Bytes, { seenByHost }: BirthEvidence): BirthLink[] {
  if (seenByHost === undefined) return []
  const holds = !seenByHost.has(sha256Hex(spki))
  const text = holds ? 'no file with this key was ever written from here' : 'this very key was written from a file here'
  return [{ part: 'unseen', holds, text }]
}

async function certificateLinks(spki: Bytes, { chain, root }: BirthEvidence): Promise<BirthLink[]> {
  const [leaf] = chain
  if (leaf === undefined) return [{ part: 'certificate', text: 'none was named: nothing is said of one' }]
  const isFor = sameBytes(leaf.spki, spki)
  const name = `${leaf.subject}, SHA-256 ${leaf.fingerprint}`
  const link: BirthLink = { part: 'certificate', holds: isFor, text: `${name}, is ${isFor ? '' : 'NOT '}for this key` }
  return [link, await issuerLink(chain, root)]
}

async function issuerLink(chain: readonly Certificate[], root: Certificate | undefined): Promise<BirthLink> {
  const part = 'issuer'
  const path = root === undefined || chain.at(-1)?.fingerprint === root.fingerprint ? chain : [...chain, root]
  for (const [at, certificate] of path.slice(0, -1).entries()) {
    const issuer = path[at + 1]
    if (issuer !== undefined && !(await issuedBy(certificate, issuer)))
      return { part, holds: false, text: `${issuer.subject} did not issue ${certificate.subject}` }
  }
  const top = path.at(-1)?.subject ?? ''
  if (root !== undefined) return { part, holds: true, text: `the certificate leads to ${root.subject}` }
  if (path.length < 2) return { part, text: 'no root was named, so nobody knows who issued it' }
  return { part, text: `the certificate leads to ${top}; no root was named to end at` }
}
