import type { Account } from './run.ts'

/** What many runs came to. */
export interface Tally {
  readonly runs: number
  /** Runs in which the fault struck. */
  readonly struck: number
  readonly pass: number
  readonly fail: number
  /** PASS although no session was possible, or a slot that shows its digest is not as wanted. */
  readonly falsePass: number
  /**
   * PASS on firmware without digests, upon a true session, while some byte differs that the session did not need or that
   * was spoilt after it: nobody can see that there, and it is told apart.
   */
  readonly passUnseen: number
  /** FAIL although the memory is complete and a session is possible. */
  readonly falseFail: number
  readonly unknown: number
  readonly unknownResolvedByRerun: number
  readonly stateMisreported: number
}

/** Whether something about a run is not as it should be. */
export function isOdd(account: Account): boolean {
  return falsePass(account) || falseFail(account) || unresolved(account) || account.misreported.length > 0
}

/** Counts. */
export function tally(accounts: readonly Account[]): Tally {
  const count = (which: (account: Account) => boolean): number => accounts.filter(which).length
  return {
    runs: accounts.length,
    struck: count(({ struck }) => struck),
    pass: count(({ verdict }) => verdict === 'PASS'),
    fail: count(({ verdict }) => verdict === 'FAIL'),
    falsePass: count(falsePass),
    passUnseen: count(({ verdict, complete, unseen }) => verdict === 'PASS' && !complete && unseen),
    falseFail: count(falseFail),
    unknown: count(({ verdict }) => verdict === 'UNKNOWN'),
    unknownResolvedByRerun: count((account) => account.verdict === 'UNKNOWN' && !unresolved(account)),
    stateMisreported: count(({ misreported }) => misreported.length > 0),
  }
}

function falsePass({ verdict, complete, unseen }: Account): boolean {
  return verdict === 'PASS' && !complete && !unseen
}

function falseFail({ verdict, complete, possible }: Account): boolean {
  return verdict === 'FAIL' && complete && possible
}

function unresolved({ verdict, again, againTrue }: Account): boolean {
  return verdict === 'UNKNOWN' && (again === undefined || again === 'UNKNOWN' || againTrue === false)
}
