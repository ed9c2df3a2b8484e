import { actionsOf } from './actions-of.ts'
import type { Failure } from './failure.ts'
import { notByProbe } from './probe/more-proof.ts'
import type { Verb } from './verb.ts'

/** A command line that makes no sense: what is wrong with it, and what was likely meant. `verb` is the one it is about. */
export interface WrongUsage {
  readonly verb: string | undefined
  readonly failure: Failure
}

/** What commander complains of, in four parts; nothing that was typed as a value is repeated. */
export function wrongUsage(argv: readonly string[], complaints: readonly string[], verbs: readonly Verb[]): WrongUsage {
  const complaint = complaints.join(' ').replace(/^error: /, '') || 'this command line makes no sense'
  const meant = meaning(argv, complaint, verbs)
  const failure = {
    what: withoutTyped(complaint.replace(/\s*\(Did you mean .*$/s, '')),
    state: 'no board was touched',
    why: meant.why ?? 'the command line is not of the form that --help shows',
    next: meant.verb === undefined ? 'sectag --help' : `sectag ${meant.verb} --help`,
    ...(/^(?:error: )?unknown option '--(?:probe|boards)\b/.test(complaint) && notByProbe(meant.verb)),
  }
  return { verb: meant.verb, failure }
}

interface Meaning {
  readonly verb?: string
  readonly why?: string
}

function meaning([first = '', ...rest]: readonly string[], complaint: string, verbs: readonly Verb[]): Meaning {
  const near = /\(Did you mean (?:one of )?([^?]+)\?\)/.exec(complaint)?.[1]?.split(', ') ?? []
  const why = near.length === 0 ? {} : { why: `likely ${near.join(' or ')} was meant` }
  if (verbs.some(({ name }) => name === first)) return { verb: first, ...why }
  const behind = verbs.find(({ name }) => rest.includes(name))?.name
  if (first.startsWith('-') && behind !== undefined)
    return { verb: behind, why: `options go behind the verb: sectag ${behind} ${complained(complaint)} …` }
  const owner = verbs.find((verb) => actionsOf(verb).includes(first))?.name
  if (owner !== undefined) return { verb: owner, why: `likely sectag ${owner} ${first} was meant` }
  const verb = verbs.find(({ name }) => name === near[0])?.name
  return verb === undefined ? why : { verb, ...why }
}

function complained(complaint: string): string {
  return /unknown option '(--[\w-]+|-\w)/.exec(complaint)?.[1] ?? '--help'
}

/** What was typed as a value may be a secret, in the wrong place: `--passphrase=…`, `-p…`, a passphrase behind `--reason`. */
function withoutTyped(complaint: string): string {
  return complaint
    .replace(/(unknown option '--[\w-]+)=.*$/s, "$1'")
    .replace(/(unknown option '-[^-]).*$/s, "$1'")
    .replace(/(too many arguments .* but got \d+):.*$/s, '$1.')
    .replace(/^option ('[^']*') (?:argument|value) '.*' is invalid\./s, 'what was given for option $1 is invalid.')
    .replace(/^command-argument value '.*' is invalid for argument ('[^']*')\./s, 'what was given as $1 is invalid.')
}
