import type { Account } from './run.ts'

/** What many runs came to. */
export interface Tally {
  readonly runs: number
  /** Runs in which the key was born in the modem. */
  readonly born: number
  /** Runs in which the fault struck. */
  readonly struck: number
  readonly pass: number
  readonly fail: number
  /** PASS although any byte of any slot is not as wanted, for whatever reason but the two that are told apart. */
  readonly falsePass: number
  /**
   * PASS of a moment that is over: a certificate or a key was right in the session that PASS names, byte for byte, and was
   * spoilt after it on firmware that neither shows digests nor lets it be read.
   */
  readonly passSpoiltSince: number
  /**
   * PASS where certificate and key are the wanted ones, as the session has shown, and a byte around them is another: a line
   * end behind the last line. It means nothing, and that firmware cannot show it.
   */
  readonly passOtherText: number
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
    born: count(({ way }) => way === 'born'),
    struck: count(({ struck }) => struck),
    pass: count(({ verdict }) => verdict === 'PASS'),
    fail: count(({ verdict }) => verdict === 'FAIL'),
    falsePass: count(falsePass),
    passSpoiltSince: count((account) => isWrongPass(account) && account.spoiltSince),
    passOtherText: count((account) => isWrongPass(account) && !account.spoiltSince && account.otherText),
    falseFail: count(falseFail),
    unknown: count(({ verdict }) => verdict === 'UNKNOWN'),
    unknownResolvedByRerun: count((account) => account.verdict === 'UNKNOWN' && !unresolved(account)),
    stateMisreported: count(({ misreported }) => misreported.length > 0),
  }
}

function isWrongPass({ verdict, complete }: Account): boolean {
  return verdict === 'PASS' && !complete
}

function falsePass(account: Account): boolean {
  return isWrongPass(account) && !account.spoiltSince && !account.otherText
}

function falseFail({ verdict, complete, possible }: Account): boolean {
  return verdict === 'FAIL' && complete && possible
}

function unresolved({ verdict, again, againTrue }: Account): boolean {
  return verdict === 'UNKNOWN' && (again === undefined || again === 'UNKNOWN' || againTrue === false)
}
