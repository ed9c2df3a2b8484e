import { publicRootIn } from '../../numbers/index.ts'
import { type CertificateDetails, certificateDetails, type PemBlock, parsePem } from '../../pki/index.ts'
import { credentialType } from '../../terms/index.ts'
import type { Holding } from '../facts.ts'
import type { Tell } from '../ledger.ts'
import type { Line } from './line.ts'
import { purposeOf, signsOthers } from './holding.ts'
import { faultOf, isAboutLineEnds, unescaped } from './pem-fault.ts'

/** What a text is, and why in words, where that is not plain. */
interface Held {
  readonly holds: Holding
  readonly fault?: string
}

/** What people put in the place of a text that they do not want to show. */
const leftOut = /\.\.|…|<[^>]*>|\*\*|\bx{3,}\b/i

/**
 * Tells what the content of a slot is, as a modem read it back or as somebody wrote it. Only certificates are judged: nothing
 * else is ever read back in public, and what a private key is, nobody may see.
 */
export function tellContent(
  line: Line,
  slot: { tag: number; type: number },
  quoted: string,
  how: 'read' | 'written',
  tell: Tell,
): void {
  if (slot.type !== credentialType.rootCa && slot.type !== credentialType.clientCertificate) return
  const text = unescaped(quoted, /^\s*[<>]/.test(line.raw))
  const held = leftOut.test(text) ? undefined : holdingOf(text, how)
  if (held !== undefined) tell(line, 'content', { tag: slot.tag, type: slot.type, how, ...held })
  if (slot.type !== credentialType.rootCa) return
  for (const { label, der } of parsePem(text).blocks) if (label === 'CERTIFICATE') tellHeldRoot(line, der, tell)
}

function tellHeldRoot(line: Line, der: PemBlock['der'], tell: Tell): void {
  const details = detailsOf({ der })
  const root = details === 'unreadable' ? undefined : publicRootIn(details.certificate.subject)
  if (root !== undefined) tell(line, 'public-root', { name: root.name, how: 'held' })
}

function holdingOf(text: string, how: 'read' | 'written'): Held | undefined {
  const fault = faultOf(text)
  // What is wrong in the form of a write is told by the write itself.
  if (fault !== undefined)
    return how === 'read' ? { holds: isAboutLineEnds(fault) ? 'no-line-ends' : 'form-wrong', fault } : undefined
  const certificates = parsePem(text).blocks.filter(({ label }) => label === 'CERTIFICATE')
  const details = certificates.map(detailsOf)
  const [first] = details
  if (first === undefined || first === 'unreadable')
    return how === 'read' && text !== '' ? { holds: 'nothing-valid' } : undefined
  return { holds: details.some((one) => one !== 'unreadable' && signsOthers(one)) ? 'authority' : purposeOf(first) }
}

function detailsOf({ der }: Pick<PemBlock, 'der'>): CertificateDetails | 'unreadable' {
  try {
    return certificateDetails(der)
  } catch {
    return 'unreadable'
  }
}
