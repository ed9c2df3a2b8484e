import {
  contextMedia,
  diagnose,
  dialogueEvidence,
  type Evidence,
  type EvidenceHead,
  textEvidence,
  type Verdict,
} from '../../src/doctor/index.ts'

/** A verdict on texts: of the board's log or dialogue, and on what is known beforehand (`sdk=1.0.0 tag=42`). */
export function verdictOn(text: string, context = ''): Verdict {
  return diagnose([textEvidence('evidence', text), known(context)])
}

/** What is known beforehand, as evidence: items between blanks. */
export function known(context: string): Evidence {
  return textEvidence('known', context.split(' ').join('\n'), { media: contextMedia })
}

/** Questions by SMS, each with its reply, blank where it was blank. */
export function bySms(id: string, device: string, replies: Readonly<Record<string, string>>): Evidence {
  const head: Partial<EvidenceHead> = { channel: 'sms', device, source: 'sms', trust: 'claimed' }
  const askings = Object.entries(replies).map(([asked, answered]) => ({ asked, answered }))
  return dialogueEvidence(id, askings, head)
}

/** The first cause of a verdict. */
export function leader(verdict: Verdict): string | undefined {
  return verdict.causes[0]?.cause
}

/** The share of a cause; 0 where it is not named. */
export function shareOf(verdict: Verdict, cause: string): number {
  return verdict.causes.find((ranked) => ranked.cause === cause)?.probability ?? 0
}
