import { resolve } from 'node:path'
import { type BirthEvidence, findTokens, identityKid, type KeyProof } from '../../identity/index.ts'
import { type Certificate, parsePem, readRequest } from '../../pki/index.ts'
import { type Bytes, byteText, sameBytes } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import type { Home } from '../home/home.ts'
import type { Ending } from '../output.ts'
import { readFile } from '../read-file.ts'
import type { BirthCase } from './case.ts'
import { noProofInFiles, onlyRequest, otherPin, unreadable } from './endings.ts'
import { certificatesIn, keysSeen, pinOf } from './from-home.ts'

/** What was said beside the files. */
export interface FilesOrder {
  readonly names: readonly string[]
  readonly tag?: number
  readonly identityKey?: Bytes
  readonly root?: Certificate
}

/** The proofs that stand in files, each as a case, with whatever else the files hold of the same device and key. */
export function fileCases(context: Context, home: Home | undefined, order: FilesOrder): BirthCase[] | Ending {
  const texts: string[] = []
  for (const name of order.names) {
    const read = readFile(resolve(context.cwd, name), name)
    if (!(read instanceof Uint8Array)) return unreadable(read.text)
    texts.push(byteText(read))
  }
  const found = findTokens(texts.join('\n'))
  if (found.proofs.length === 0)
    return texts.some(isRequest) ? onlyRequest(order.names) : noProofInFiles(order.names, found.attestations.length)
  const certificates = texts.flatMap((text) => (text.includes('-----BEGIN CERT') ? certificatesIn(text) : []))
  const mine = found.proofs.filter(({ tag }) => tag === order.tag)
  const proofs = mine.length > 0 ? mine : found.proofs
  const attestations = found.attestations.filter(({ kid }) => kid === identityKid)
  const cases = proofs.map((proof) => {
    const others = [...attestations, ...found.proofs.filter((other) => other !== proof && other.kid === identityKid)]
    const beside = others.filter(({ deviceUuid }) => deviceUuid === proof.deviceUuid)
    const chain = chainFor(proof, certificates, proofs.length === 1)
    return oneCase(home, order, { proof, beside, chain })
  })
  return cases.find((one) => 'exit' in one) ?? cases.flatMap((one) => ('exit' in one ? [] : [one]))
}

function oneCase(
  home: Home | undefined,
  { tag, identityKey, root }: FilesOrder,
  evidence: Pick<BirthEvidence, 'proof' | 'beside' | 'chain'>,
): BirthCase | Ending {
  const { deviceUuid } = evidence.proof
  const pin = home === undefined ? undefined : pinOf(home, deviceUuid)
  if (pin !== undefined && identityKey !== undefined && !sameBytes(pin.key, identityKey)) return otherPin(pin)
  const key = pin?.key ?? identityKey
  return {
    name: `the key in tag ${evidence.proof.tag} of device ${deviceUuid}`,
    evidence: {
      ...evidence,
      ...(tag !== undefined && { tag }),
      ...(key !== undefined && { identityKey: key }),
      ...(home !== undefined && { seenByHost: keysSeen(home) }),
      ...(root !== undefined && { root }),
    },
    ...(pin !== undefined
      ? { ground: { by: 'pinned', board: pin.board, at: pin.at } }
      : identityKey !== undefined && { ground: { by: 'given' } }),
  }
}

/** A signing request alone, PEM or DER, which is what some tools keep of the modem's answer. */
function isRequest(text: string): boolean {
  if (text.startsWith('\x30')) return readRequest(Uint8Array.from(text, (one) => one.charCodeAt(0))).ok
  return parsePem(text).blocks.some(({ label }) => label.endsWith('CERTIFICATE REQUEST'))
}

const longestPath = 8

/** The certificate for the key of this proof and who issued it, leaf first; where there is one proof only, whatever certificate is no CA's. */
function chainFor({ der, kind }: KeyProof, pool: readonly Certificate[], alone: boolean): Certificate[] {
  const request = kind === 'request' ? readRequest(der) : undefined
  const spki = request?.ok === true ? request.value.spki : der
  const leaf =
    pool.find((one) => sameBytes(one.spki, spki)) ?? (alone ? (pool.find(({ ca }) => !ca) ?? pool[0]) : undefined)
  const chain = leaf === undefined ? [] : [leaf]
  for (let top = leaf; top !== undefined && chain.length < longestPath; ) {
    const { issuer } = top
    top = pool.find((one) => one.subject === issuer && !chain.includes(one))
    if (top !== undefined) chain.push(top)
  }
  return chain
}
