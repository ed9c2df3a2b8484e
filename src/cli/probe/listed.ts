import { resolve } from 'node:path'
import { sameSerial } from '../../probe/index.ts'
import type { Context } from '../context.ts'
import { jobFlags, readJobOptions } from '../options.ts'
import type { Ending } from '../output.ts'
import { readText } from '../read-file.ts'
import { shellWord } from '../shell-word.ts'
import type { Typed } from '../verb.ts'
import { type ListedBoard, namedBefore, readBoards } from './boards-file.ts'
import { noProbe } from './choose-tool.ts'
import { wrongFile } from './hex-file.ts'

/** The boards that the command line or its list names; an Ending where a probe is named twice. */
export function readListed(context: Context, typed: Typed): readonly ListedBoard[] | Ending {
  const list = typed.options['boards'] as string | undefined
  if (list !== undefined) return fromList(context, typed, list)
  if (typed.options['only'] !== undefined) return onlyOfNothing
  const probes = probesOf(typed, 'probe')
  if (probes.length === 0) return noProbe(context)
  const twice = twiceIn(probes)
  if (twice !== undefined) return wrongFile(`--probe: ${twice}`, 'name each probe once', 'one run a probe')
  const job = readJobOptions(context, typed, 'apply')
  return 'exit' in job ? job : probes.map((probe) => ({ probe, job }))
}

function probesOf({ options }: Typed, name: 'probe' | 'only'): readonly string[] {
  return (options[name] as readonly string[] | undefined) ?? []
}

function twiceIn(probes: readonly string[]): string | undefined {
  const words = probes.flatMap((probe, at) => namedBefore(probe, probes.slice(0, at)) ?? [])
  return words[0] === undefined ? undefined : `${words[0]} named twice`
}

function fromList(context: Context, typed: Typed, list: string): readonly ListedBoard[] | Ending {
  const probes = probesOf(typed, 'probe')
  const others = [...jobFlags(typed), ...typed.args.map(() => 'a manifest'), ...probes.slice(0, 1).map(() => '--probe')]
  if (others.length > 0)
    return wrongFile(
      `both --boards and other words say which boards are to hold what: ${others.join(', ')}`,
      'leave --boards or the others out; a file for every board stands in a column of the list, and --only takes some of its boards',
      'a list says for each board all that it is to hold',
    )
  const path = resolve(context.cwd, list)
  const text = readText(path, '--boards')
  if (typeof text !== 'string') return text
  const boards = readBoards(text, path, list)
  if (typeof boards === 'string') return wrongFile(`--boards: ${list}: ${boards}`, mendWords(list, boards))
  return onlyOf(boards, probesOf(typed, 'only'), list)
}

/** Those that were asked for; all where nothing was. */
function onlyOf(
  boards: readonly ListedBoard[],
  only: readonly string[],
  list: string,
): readonly ListedBoard[] | Ending {
  const strange = only.find((serial) => !boards.some(({ probe }) => sameSerial(probe, serial)))
  if (strange !== undefined)
    return wrongFile(
      `--only: no probe ${strange} is in ${list}`,
      `grep -n probe ${shellWord(list)}   # the column with the serial numbers; name some of those`,
      '--only takes boards that the list has',
    )
  return only.length === 0 ? boards : boards.filter(({ probe }) => only.some((serial) => sameSerial(probe, serial)))
}

function mendWords(list: string, problem: string): string {
  const line = /^line \d+/.exec(problem)?.[0]
  return `mend ${line === undefined ? '' : `${line} of `}${list}`
}

const onlyOfNothing = wrongFile(
  '--only without --boards: no list is there to take some boards of',
  'name the list with --boards, or the probes with --probe A,B',
  '--only takes some of the boards that a list names',
)
