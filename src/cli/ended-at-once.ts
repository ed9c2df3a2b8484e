import type { Failure } from './failure.ts'
import { shellWord } from './shell-word.ts'
import { stoppedByName } from './stopped-by.ts'

/** The verbs whose runs have a journal that `resume` goes on with. */
const resumed = new Set(['apply', 'erase', 'resume'])

/** Options by which a board without a UART is reached. */
const byProbe = /^--(?:probe|boards|writer|program-app|unlock)/

/** What a third Ctrl-C, or other signal to end, leaves behind, in four parts; by the command line, because nobody is asked any more. */
export function endedAtOnce(argv: readonly string[], signal: string): string {
  const { what, state, why, next } = failureOf(argv, signal)
  return `error  ${what}\nstate  ${state}\nwhy    ${why}\nnext   ${next}\n`
}

function failureOf(argv: readonly string[], signal: string): Failure {
  const [verb = ''] = argv
  const line = ['sectag', ...argv].map(shellWord).join(' ')
  const told = {
    what: 'Ended at once, in the middle of its work',
    why: `three signals came, the last because ${stoppedByName(signal)}`,
  }
  if (verb === 'apply' && argv.some((word) => byProbe.test(word)))
    return {
      ...told,
      state:
        'if a board was being written, key bytes may lie in its flash and its application may not be in place: keep the board; the journal knows of it',
      next: `${line}   # blanks what was left before anything else`,
    }
  if (!resumed.has(verb)) return { ...told, state: 'what it was at may be half done', next: line }
  return {
    ...told,
    state: 'if a run was under way, its journal is open, and the board is not given back',
    next: ['sectag', 'resume', ...kept(argv, ['--port', '-p', '--home'])].map(shellWord).join(' '),
  }
}

/** Some options of a command line, with their values. */
function kept(argv: readonly string[], options: readonly string[]): string[] {
  return argv.flatMap((word, at) => {
    if (options.some((option) => word.startsWith(`${option}=`))) return [word]
    return options.includes(word) ? argv.slice(at, at + 2) : []
  })
}
