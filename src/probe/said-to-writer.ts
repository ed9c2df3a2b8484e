import { resultCode } from '../numbers/index.ts'

type Known = NonNullable<ReturnType<typeof resultCode>>

/** The writer itself has switched the modem off, and no application runs beside it. */
const stillActive: Pick<Known, 'likely' | 'remedy'> = {
  likely: 'the modem did not switch off although the writer told it to (CFUN=0); no application runs meanwhile',
  remedy: 'take the power off the board for a moment, then run this again',
}

/** What is known of a number that the modem said to a writer. */
export function saidToWriter(kind: 'cme' | 'cms', code: number): Known | undefined {
  const known = resultCode(kind, code)
  return known !== undefined && kind === 'cme' && code === 518 ? { ...known, ...stillActive } : known
}
