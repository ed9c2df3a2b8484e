import { hasErrors, type Limit, lintRevoked, type Problem, type Settled } from '../plan/index.ts'
import { typeRules } from '../numbers/index.ts'
import type { Board } from './board.ts'
import { revokedHere } from './ca/revoked-here.ts'
import type { Context } from './context.ts'
import { homeAt, homePath } from './home/home.ts'
import { type Job, type ReadJob, readJob } from './job.ts'
import type { Ending, Output } from './output.ts'
import type { Typed } from './verb.ts'
import { tellProblems } from './words.ts'

/**
 * Reads and settles a job; an Ending where there is an error in it. Secrets are known to the output from here on.
 *
 * @param limit what is too long for who takes it; for an AT host where it is left out
 */
export async function settleJob(
  context: Context,
  output: Output,
  typed: Typed,
  job: Job,
  limit?: Limit,
): Promise<Settled | Ending> {
  const { settled, problems } = await readWanted(context, output, typed, job, limit)
  tellProblems(output, problems)
  return settled === undefined || hasErrors(problems) ? wrongWanted(typed, problems) : settled
}

/** Reads and settles a job, and says nothing of its problems yet. Secrets are known to the output from here on. */
export async function readWanted(
  context: Context,
  output: Output,
  typed: Typed,
  job: Job,
  limit?: Limit,
): Promise<ReadJob> {
  const read = await readJob(job, context.clock.now(), limit)
  const { settled } = read
  const { ca } = homeAt(homePath(typed.options['home'] as string | undefined, context.env, context.cwd))
  const problems = [...read.problems, ...lintRevoked(settled?.materials.values() ?? [], revokedHere(ca))]
  for (const material of settled?.materials.values() ?? []) {
    if (typeRules(material.slot.type).secret) output.know(material.content)
  }
  return { ...read, problems }
}

/** What is wanted has errors in it: nothing is begun. A single one is told here, of several that they are listed above. */
export function wrongWanted(typed: Typed, problems: readonly Problem[]): Ending {
  const errors = problems.filter((problem) => problem.severity === 'error')
  const [first] = errors
  const what =
    errors.length === 1
      ? `${first?.where}: ${first?.text}`
      : `${errors.length} problems in what is wanted, listed above`
  return {
    exit: 2,
    failure: {
      what,
      state: 'no board was touched',
      why: 'what is wanted cannot be written as it is',
      next: first?.next ?? mendLine(first) ?? helpLine(typed),
    },
    more: { problems: errors.length },
  }
}

/** What stands wrong in a line of a manifest stays wrong when the same is typed again. */
function mendLine(problem: Problem | undefined): string | undefined {
  const [, file, line] = /^(.+):(\d+)(?: |$)/.exec(problem?.where ?? '') ?? []
  return file === undefined ? undefined : `mend line ${line} of ${file}`
}

/** What is wrong in the flags is no better typed once more. */
function helpLine({ line }: Typed): string {
  return `${line.split(' ').slice(0, 2).join(' ')} --help`
}

/** Makes a job's secrets known to the channel, so that no transcript shows them. */
export function strikeSecrets(board: Board, settled: Settled): void {
  for (const material of settled.materials.values()) {
    if (typeRules(material.slot.type).secret) board.channel.strike(material.content)
  }
}
