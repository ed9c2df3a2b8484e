import type { Fate, Truth } from './misfortune.ts'
import type { Member } from './member.ts'

/** What the story said and did about one board, without knowing the truth. */
export interface Told {
  /** The doctor's leading cause; undefined where the board was well. */
  readonly cause?: string
  /** Whether it was written again, and whether the broker's witness proved it after that. */
  readonly rewritten: boolean
  readonly provenAgain: boolean
}

/** Causes after which writing the credentials again is right. For every other one it would only wear the flash. */
export const rewritable: ReadonlySet<string> = new Set([
  'cred-slot-empty',
  'cred-lost-after-power-event',
  'cred-set-incomplete',
])

/** Which verdicts are true for what really happened. */
const trueCauses: Readonly<Record<Fate, readonly (string | undefined)[]>> = {
  nothing: [undefined],
  // From outside, an empty tag is an empty tag: why it was emptied shows only where the power was measured.
  'lost-its-tag': ['cred-slot-empty', 'cred-lost-after-power-event'],
  'broker-changed-its-ca': ['server-ca-rotated'],
  'sim-died': ['sim-failure'],
}

/** The sum of a story: what was told beside what is true. */
export interface Account {
  readonly boards: number
  /** Boards that the broker's witness proved after they were provisioned. */
  readonly proven: number
  /** Boards of which it was told that their credentials are gone. */
  readonly lost: number
  /** Boards in trouble of which the right cause was told. */
  readonly explained: number
  /** Boards that were written again and proven again. */
  readonly healed: number
  /** Boards in trouble whose credentials are not gone. */
  readonly decoys: number
  /** Boards that were written although their credentials were not gone: by the truth, not by what was told. */
  readonly wronglyWritten: number
  /** Boards of which something else was told or done than the truth demands. */
  readonly wrong: readonly string[]
}

/**
 * Compares what was told and done with the truth.
 *
 * @param writes how many commands have changed a board's credentials since the misfortune, counted in its modem
 */
export function accountOf(
  proven: number,
  truth: Truth,
  told: ReadonlyMap<Member, Told>,
  writes: (member: Member) => number,
): Account {
  const all = [...truth].map(([member, fate]) => ({ member, fate, told: told.get(member), writes: writes(member) }))
  const count = (like: (one: (typeof all)[number]) => boolean): number => all.filter(like).length
  const wrong = all.filter(({ fate, told, writes }) => {
    const rightCause = trueCauses[fate].includes(told?.cause)
    const lost = fate === 'lost-its-tag'
    return !rightCause || writes > 0 !== lost || (lost && told?.provenAgain !== true)
  })
  return {
    boards: all.length,
    proven,
    lost: count(({ told }) => rewritable.has(told?.cause ?? '')),
    explained: count(({ fate, told }) => told?.cause !== undefined && trueCauses[fate].includes(told.cause)),
    healed: count(({ told }) => told?.rewritten === true && told.provenAgain),
    decoys: count(({ told }) => told?.cause !== undefined && !rewritable.has(told.cause)),
    wronglyWritten: count(({ fate, writes }) => writes > 0 && fate !== 'lost-its-tag'),
    wrong: wrong.map(({ member, fate, told }) => `${member.name}: ${fate}, told ${told?.cause ?? 'nothing'}`),
  }
}
