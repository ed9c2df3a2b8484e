import {
  addressWords,
  isWithoutApplication,
  type ProbeRun,
  readAnswer,
  secretMayLie,
  type Stretch,
  takesPlace,
} from '../../probe/index.ts'

/** How the board stands, as far as it is known: credentials in flash, application, modem. */
export function boardState(run: ProbeRun): string {
  if (!run.done.includes('identify') && !run.begun.includes('unlock')) return 'nothing on the board was changed'
  return [secretState(run), applicationState(run), modemState(run)].filter((part) => part !== undefined).join('; ')
}

function secretState(run: ProbeRun): string {
  const places = [run.secret, ...run.debts.map(({ secret }) => secret)]
  if (secretMayLie(run).includes('flash')) {
    const words = places.map(stretchWords)
    return `key bytes may lie in its flash, at ${[...new Set(words)].join(' and ')}: keep the board`
  }
  const refusal = run.failed?.refusal
  if (refusal?.kind === 'not-blank')
    return `what an earlier run has left may lie in its flash, at ${stretchWords(refusal.at)}: keep the board`
  if (run.done.includes('blank')) return 'no credential is left in its flash: the pages read back blank'
  if (run.done.includes('unlock')) return 'all that was on the chip is erased'
  if (run.begun.includes('unlock')) return 'all that was on the chip may be erased'
  return `no credential was programmed${paidWords(run)}`
}

function paidWords({ debts, foundTables, untouched }: ProbeRun): string {
  if (foundTables !== undefined)
    return `; credentials that an earlier run had left at ${foundTables.map(stretchWords).join(' and ')}, a key most likely, are blank now`
  return debts.length > 0 && untouched !== true ? '; what an earlier run had left in its flash is blank now' : ''
}

/** A stretch of flash as people write it. */
export function stretchWords({ from, to }: Stretch): string {
  return `${addressWords(from)} to ${addressWords(to)}`
}

function applicationState(run: ProbeRun): string | undefined {
  const { failed, saved } = run
  if (failed?.refusal.kind === 'reprogrammed') return 'what is on the chip now is untouched'
  const missing = failed?.refusal.kind === 'no-application'
  if (missing || isWithoutApplication(run)) {
    const kept = typeof saved === 'object' && !missing ? `; what was there is kept in ${saved.file}` : ''
    return `its application is not in place${kept}`
  }
  if (!run.begun.includes('blank-old')) return 'nothing on the chip was changed'
  if (!takesPlace(run)) return 'the application that was there is untouched'
  if (run.saved === 'nothing' && run.application === 'saved') return 'the chip was blank before and has no application'
  if (!run.done.includes('start')) return 'its application is in place and was not started'
  return run.application === 'named'
    ? 'the application that was named was started'
    : 'the application that was there is back, and was started'
}

function modemState(run: ProbeRun): string | undefined {
  const all = run.slots.length
  if (!run.begun.includes('run')) return run.begun.includes('write') ? 'its modem was given nothing' : undefined
  if (run.answer === undefined) return 'whether its modem took anything is not known'
  switch (readAnswer(run.answer).modemHas) {
    case 'all':
      return `its modem has taken ${all} of ${all} items`
    case 'nothing':
      return 'its modem has taken nothing'
    case 'before':
      return `its modem has taken the items before that one, of ${all}`
    case 'before-or-with':
      return `its modem has taken the items before that one, of ${all}, and perhaps that one`
    case 'some':
      return `its modem has taken some of ${all} items, nobody said how many`
    case 'unknown':
      return 'whether its modem took anything is not known'
  }
}
