// Scores verdicts of the doctor on cases whose cause is known.
import {
  causes,
  contextMedia,
  diagnose,
  type Evidence,
  isContext,
  textEvidence,
  type Verdict,
} from '../src/doctor/index.ts'

/** A case with its cause, one line of a JSONL file. */
export interface Case {
  readonly id: string
  readonly evidence: string
  readonly context?: Readonly<Record<string, string | number>>
  readonly confirmedCause: string
  readonly acceptable?: readonly string[]
  /** `inferred`: nobody confirmed the cause. */
  readonly confirmedBy?: string
}

/** What a verdict on a case is worth. Credit is 1, 0.5 for a cause of the same group, or 0. */
export interface Score {
  readonly entry: Case
  readonly verdict: Verdict
  readonly top1: number
  readonly top3: number
  readonly worst: boolean
}

/** The last line of an evaluation; shares between 0 and 1. */
export interface ScoreSum {
  readonly n: number
  readonly confirmedTop1: number
  readonly confirmedTop3: number
  readonly allTop1: number
  readonly allTop3: number
  readonly worstErrors: number
  readonly calibrationError: number
}

/** What a case tells beforehand, as `--context` would. */
function contextOf({ context = {} }: Case): string {
  const sdk = String(context['ncs'] ?? '').match(/\d+\.\d+(?:\.\d+)?/)?.[0]
  const hardware = /\b(?:B0A?|B1A|Rev\.? ?[12])\b/i.test(String(context['board'] ?? '')) ? context['board'] : ''
  const items = [
    `sdk=${sdk ?? ''}`,
    `mfw=${String(context['mfw'] ?? '')}`,
    `board=${String(hardware)}`,
    `tag=${String(context['sec_tag'] ?? '')}`,
  ]
  return items.filter((item) => isContext(item) && !item.includes('not stated')).join('\n')
}

/** What the doctor is given of a case. */
export function evidenceOf(entry: Case): Evidence[] {
  return [textEvidence(entry.id, entry.evidence), textEvidence('context', contextOf(entry), { media: contextMedia })]
}

const groupOf = new Map<string, string>(causes.map(({ cause, group }) => [cause, group]))

/** Full credit for the cause or an acceptable one, half for one of the same group. Where nothing decides, a question must be asked. */
function creditOf(cause: string, entry: Case, verdict: Verdict): number {
  const right = cause === entry.confirmedCause || entry.acceptable?.includes(cause) === true
  if (cause === 'insufficient-evidence' && right) return verdict.next === undefined ? 0 : 1
  if (right) return 1
  return groupOf.get(cause) === groupOf.get(entry.confirmedCause) ? 0.5 : 0
}

/** A credential verdict on a case of network, SIM or platform: it sends people to rewrite memory for nothing. */
function isWorst(entry: Case, verdict: Verdict): boolean {
  const truth = groupOf.get(entry.confirmedCause)
  const told = groupOf.get(verdict.causes[0]?.cause ?? '')
  return told === 'store' && (truth === 'network' || truth === 'platform')
}

/** Diagnoses one case and scores it. */
export function scoreOf(entry: Case): Score {
  const verdict = diagnose(evidenceOf(entry))
  const credits = verdict.causes.slice(0, 3).map(({ cause }) => creditOf(cause, entry, verdict))
  return { entry, verdict, top1: credits[0] ?? 0, top3: Math.max(0, ...credits), worst: isWorst(entry, verdict) }
}

/** The sum over many. `confirmed…` is over those that somebody confirmed. */
export function sumOf(scores: readonly Score[]): ScoreSum {
  const confirmed = scores.filter(({ entry }) => entry.confirmedBy !== 'inferred')
  return {
    n: scores.length,
    confirmedTop1: mean(confirmed.map(({ top1 }) => top1)),
    confirmedTop3: mean(confirmed.map(({ top3 }) => top3)),
    allTop1: mean(scores.map(({ top1 }) => top1)),
    allTop3: mean(scores.map(({ top3 }) => top3)),
    worstErrors: scores.filter(({ worst }) => worst).length,
    calibrationError: calibrationError(scores),
  }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

const bins = 10

/** How far the leaders' shares are from how often they are right: expected calibration error over ten bins. */
function calibrationError(scores: readonly Score[]): number {
  const shares = scores.map(({ verdict, top1 }) => ({ share: verdict.causes[0]?.probability ?? 0, top1 }))
  const byBin = Map.groupBy(shares, ({ share }) => Math.min(bins - 1, Math.floor(share * bins)))
  return [...byBin.values()].reduce((sum, bin) => {
    const gap = Math.abs(mean(bin.map(({ share }) => share)) - mean(bin.map(({ top1 }) => top1)))
    return sum + (gap * bin.length) / scores.length
  }, 0)
}
