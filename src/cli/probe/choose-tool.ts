import { findTools, type ToolName } from '../../probe/index.ts'
import type { Context } from '../context.ts'
import type { Ending, Output } from '../output.ts'
import type { Typed } from '../verb.ts'
import { listing } from './listing.ts'
import { withTool } from './next.ts'

/** The tool that is taken, and all that are on PATH. */
export interface Chosen {
  readonly tool: ToolName
  readonly tools: readonly ToolName[]
}

/** The tool that was named, or the first on PATH; what it cannot do is said before anything is erased. */
export function chooseTool(context: Context, output: Output, typed: Typed, unlock: boolean): Chosen | Ending {
  const found = findTools({ env: context.env, folder: context.cwd })
  const named = typed.options['probeTool'] as ToolName | undefined
  const tool = named === undefined ? found[0] : found.find(({ name }) => name === named)
  if (tool === undefined) return noTool(named, found[0]?.name, typed)
  for (const { cannot, why } of tool.lacks) output.notice('probe-tool-lacks', `${tool.name}: ${why}`, { cannot })
  const lack = unlock ? tool.lacks.find(({ cannot }) => cannot === 'recover') : undefined
  if (lack === undefined) return { tool: tool.name, tools: found.map(({ name }) => name) }
  const other = found.find(({ lacks }) => !lacks.some(({ cannot }) => cannot === 'recover'))
  const failure = {
    what: `${tool.name} cannot unlock a chip: ${lack.why}`,
    state: 'no board was touched',
    why: '--unlock was typed, and this tool has no way to erase all of a locked chip',
    next: other === undefined ? `${install}; then ${withTool(typed.line, 'pyocd')}` : withTool(typed.line, other.name),
  }
  return { exit: 6, failure }
}

/** How to get the one that needs nothing else of its maker. */
const install = 'pip install pyocd   # or get nrfutil with its device command, probe-rs or JLinkExe'

function noTool(named: ToolName | undefined, other: ToolName | undefined, { line }: Typed): Ending {
  const failure = {
    what: named === undefined ? 'no probe tool is on PATH' : `the probe tool ${named} is not on PATH`,
    state: 'no board was touched',
    why: 'sectag reaches a debug probe through nrfutil, probe-rs, pyocd or JLinkExe; one of them is needed',
    next: other === undefined ? install : withTool(line, other),
  }
  return { exit: 3, failure }
}

/** Nobody said which probe. */
export function noProbe({ env, cwd }: Context): Ending {
  const tool = findTools({ env, folder: cwd })[0]?.name
  const failure = {
    what: 'no debug probe was named',
    state: 'no board was touched',
    why: 'a writer reaches a board by way of a probe, and --probe or --boards says by which; none is guessed',
    next: tool === undefined ? install : `${listing[tool]}   # then the same with --probe SERIAL`,
  }
  return { exit: 2, failure }
}

/** A chip is not erased whole for nothing. */
export function unlockWithout({ line }: Typed): Ending {
  const failure = {
    what: '--unlock without --program-app',
    state: 'no board was touched',
    why: 'unlocking erases all that is on a chip, its application with it, and nothing names one to put there',
    next: `${line} --program-app APP.hex`,
  }
  return { exit: 6, failure }
}
