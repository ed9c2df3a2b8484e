import { readIdentity } from '../modem/index.ts'
import { capabilities } from '../numbers/index.ts'
import { type Step, tagsInUse } from '../plan/index.ts'
import type { Board } from './board.ts'
import { notIssued } from './ca/not-issued.ts'
import { type HomeAuthority, mayIssue, openHomeAuthority } from './ca/open.ts'
import type { Context } from './context.ts'
import type { Ending, Output } from './output.ts'
import type { Typed } from './verb.ts'
import type { Looked } from './look.ts'

/** A run's authority; undefined where no key is to be born, an Ending where one is and there is no authority to certify it. */
export async function authorityFor(
  context: Context,
  output: Output,
  { options }: Typed,
  steps: readonly Step[],
): Promise<{ authority: HomeAuthority | undefined } | Ending> {
  if (!steps.some((step) => step.do === 'enrol')) return { authority: undefined }
  const { home, passphraseFile } = options
  const opened = await openHomeAuthority(
    { context, output },
    {
      ...(typeof home === 'string' && { home }),
      ...(typeof passphraseFile === 'string' && { passphraseFile }),
    },
  )
  if (!opened.ok) return boardAsItWas(opened.refusal)
  // Before the board makes a key that nobody would certify.
  const allowed = mayIssue(opened.value, 'device')
  return allowed.ok
    ? { authority: opened.value }
    : notIssued(allowed.refusal, typeof home === 'string' ? home : undefined)
}

/** The board was looked at by then, and whoever stands before it wants to know. */
function boardAsItWas(ending: Ending): Ending {
  const { failure } = ending
  if (failure === undefined) return ending
  return { ...ending, failure: { ...failure, state: `nothing was changed on the board; ${failure.state}` } }
}

/** What stands in the way of having keys born on this board; undefined where nothing does. Nothing was changed yet. */
export async function enrolmentObstacle(
  board: Board,
  { settled, states }: Looked,
  steps: readonly Step[],
  typed: Typed,
): Promise<Ending | undefined> {
  const rewrite = typed.options['rewrite'] === true
  const inUse = rewrite ? [] : tagsInUse(settled.wanted, states)
  if (inUse.length === 0 && !steps.some((step) => step.do === 'enrol')) return undefined
  const identity = await readIdentity(board.channel)
  const firmware = identity.ok ? identity.value.firmware : undefined
  // Firmware that is in no table of ours is asked all the same: its own answer is the truth.
  if (firmware !== undefined && !capabilities(firmware).bornKeys) return noBornKeys(typed)
  const damaged = board.known()?.damaged
  if (damaged !== undefined) return pinInDoubt(damaged, typed)
  return inUse.length > 0 ? tagInUse(inUse, typed) : undefined
}

function tagInUse(tags: readonly number[], typed: Typed): Ending {
  const names = tags.map((tag) => `tag ${tag}`).join(' and ')
  return {
    exit: 6,
    failure: {
      what: `${names} holds a certificate or a key already, of which nothing is known here`,
      state: 'nothing was changed on the board',
      why: "a key is born only where there is none; what is there may be the board's only way to its broker",
      next: `${typed.line} --rewrite   # erases it first; asks before it does`,
    },
  }
}

/** The line that cannot be read may be the one that pins the identity key; pinning another one then would be silent. */
function pinInDoubt(file: string, typed: Typed): Ending {
  return {
    exit: 6,
    failure: {
      what: `${file} is damaged; which identity key is this board's may have stood there`,
      state: 'nothing was changed on the board',
      why: 'a key is born only under the identity key that was pinned when the board was met first',
      next: `${typed.line}   # after putting the file back from your copy, or taking it away to meet the board anew`,
    },
  }
}

function noBornKeys(typed: Typed): Ending {
  return {
    exit: 6,
    failure: {
      what: 'the firmware of this board cannot make keys',
      state: 'nothing was changed on the board',
      why: 'keys are born inside since mfw 1.3.0 (KEY-02); older firmware takes keys that were made elsewhere',
      next: `sectag apply --help   # with --cert and --key instead of --enrol; this was: ${typed.line}`,
    },
  }
}
