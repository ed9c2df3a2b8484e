import type { Context } from '../context.ts'
import type { Ending, Output } from '../output.ts'
import type { Typed } from '../verb.ts'
import { type Account, accountOf, type Told } from './account.ts'
import { explainAll, inTheField, onTheBench } from './acts/explain.ts'
import { healAll } from './acts/heal.ts'
import { proveAll } from './acts/prove.ts'
import { provisionAll } from './acts/provision.ts'
import { silentOnes } from './acts/silence.ts'
import type { Member } from './member.ts'
import { castFates, strike, type Truth } from './misfortune.ts'
import { setStage, type Stage, type StoryOptions } from './stage.ts'
import { endingOf, endingOfUnproven } from './story-ending.ts'
import { accountWords, tell, tellAct, tellFleet } from './tell.ts'

/** A story that was told, with its truth: for whoever wants to count again. */
export interface Played {
  readonly stage: Stage
  readonly truth: Truth
  readonly told: ReadonlyMap<Member, Told>
  readonly account: Account
  readonly ending: Ending
}

/**
 * The founding case, DevZone 87138, with a fleet: boards are provisioned and proven; the power fails, and some lose their
 * security tag; what they say is heard, explained, and only those whose credentials are gone are written again. The
 * boards are virtual; ports, files, TLS, MQTT and every command are real. The stage is left standing for the caller.
 */
export async function playStory(
  context: Context,
  output: Output,
  typed: Typed,
  options: StoryOptions,
): Promise<Played> {
  const stage = await setStage(context, output, typed, options)
  try {
    return await play(stage)
  } catch (error) {
    await stage.close()
    throw error
  }
}

async function play(stage: Stage): Promise<Played> {
  const { context, members, options } = stage
  tellFleet(stage)
  await provisionAll(stage)
  const begun = context.clock.now()
  const proven = await proveAll(stage, begun)
  if (proven.size < members.length) return unproven(stage, proven, begun)
  const truth = castFates(members, options.seed)
  const writesBefore = new Map(members.map((member) => [member, member.writes()]))
  tellAct(stage, 'misfortune', 'Months later the power fails, everywhere at once. Which boards come back?')
  const struck = context.clock.now()
  await strike(stage, truth)
  const silent = await silentOnes(stage, struck)
  const told = await explainAll(stage, silent, struck, inTheField)
  await healAll(stage, told)
  const account = accountOf(proven.size, truth, told, (member) => member.writes() - (writesBefore.get(member) ?? 0))
  tellAct(stage, 'account', 'What was told and done, beside the truth that nobody saw until now:')
  tell(stage, 'account', { ...account }, accountWords(stage.output, account))
  return { stage, truth, told, account, ending: endingOf(options, account) }
}

/** The story ends here: what boards cannot do when they are new, they will not do months later. */
async function unproven(stage: Stage, proven: ReadonlySet<Member>, since: number): Promise<Played> {
  const silent = stage.members.filter((member) => !proven.has(member))
  const told = await explainAll(stage, silent, since, onTheBench)
  const truth: Truth = new Map(stage.members.map((member) => [member, 'nothing']))
  const account = accountOf(proven.size, truth, told, () => 0)
  const causes = [...new Set(silent.map((member) => told.get(member)?.cause ?? ''))]
  return { stage, truth, told, account, ending: endingOfUnproven(stage.options, account, causes, silent.length) }
}
