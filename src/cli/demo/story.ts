import type { Context } from '../context.ts'
import type { Ending, Output } from '../output.ts'
import type { Typed } from '../verb.ts'
import { type Account, accountOf, rewritable, type Told } from './account.ts'
import { diagnoseMember, hear } from './hear.ts'
import { inTurn } from './in-turn.ts'
import { castFates, strike, type Truth } from './misfortune.ts'
import { type Member, storyTag } from './member.ts'
import { isProven, settles } from './prove.ts'
import { applyWords, manifestOf, provision } from './provision.ts'
import { textOf } from './sectag.ts'
import { setStage, type Stage, type StoryOptions } from './stage.ts'
import { accountWords, tell, tellAct, tellDiagnosis, tellFleet } from './tell.ts'

/** A story that was told, with its truth: for whoever wants to count again. */
export interface Played {
  readonly stage: Stage
  readonly truth: Truth
  readonly told: ReadonlyMap<Member, Told>
  readonly account: Account
  readonly ending: Ending
}

/** Boards that are worked on at the same time. */
const atOnce = 4

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
  return { stage, truth, told, account, ending: endingOf(stage, account) }
}

async function provisionAll(stage: Stage): Promise<void> {
  const [first] = stage.members
  const line = first === undefined ? '' : `sectag ${applyWords(first).join(' ')}`
  tellAct(stage, 'provision', `Each is given a root CA, a certificate and a key in tag ${storyTag}, by cable.`, line)
  await inTurn(stage.members, atOnce, async (member) => {
    stage.context.signal.throwIfAborted()
    await provision(stage, member)
    const how = member.kind === 'born' ? 'a key was born in it and certified' : 'a key from a file was written'
    tell(stage, 'provisioned', { name: member.name, key: member.kind }, `${member.name}  ${how}`)
  })
}

/** Switches all boards on and asks the broker's witness about each. */
async function proveAll(stage: Stage, since: number): Promise<ReadonlySet<Member>> {
  const [first] = stage.members
  const line = first === undefined ? '' : `sectag verify --port ${first.port} ${manifestOf(first)} --proof session`
  tellAct(stage, 'prove', 'They are switched on. Did the broker see each of them?', line)
  await Promise.all(stage.members.map((member) => member.board.boot()))
  const proven = new Set<Member>()
  await inTurn(stage.members, atOnce, async (member) => {
    await settles(stage, member, since)
    stage.context.signal.throwIfAborted()
    if (await provenAloud(stage, member)) proven.add(member)
  })
  return proven
}

async function provenAloud(stage: Stage, member: Member): Promise<boolean> {
  const { output } = stage
  const { proven, said } = await isProven(stage, member)
  const verdict = textOf(said.result['verdict']) ?? 'UNKNOWN'
  const look = proven ? 'good' : verdict === 'FAIL' ? 'bad' : 'unknown'
  const words = proven ? 'the broker accepted its session' : 'the broker saw no session of it'
  tell(
    stage,
    'proof',
    { name: member.name, verdict },
    `${member.name}  ${output.look(look, verdict.padEnd(7))}  ${words}`,
  )
  return proven
}

/** The boards of which the broker saw no session since the power came back. */
async function silentOnes(stage: Stage, since: number): Promise<Member[]> {
  const silent: Member[] = []
  await Promise.all(stage.members.map((member) => settles(stage, member, since)))
  stage.context.signal.throwIfAborted()
  for (const member of stage.members) {
    const id = member.board.options.clientId
    const came = stage.broker.sightings.some((seen) => seen.at >= since && seen.clientId === id && seen.session)
    if (!came) silent.push(member)
  }
  const back = stage.members.length - silent.length
  tell(
    stage,
    'silent',
    { back, silent: silent.map(({ name }) => name) },
    `${back} are back; ${silent.length} are silent: ${silent.map(({ name }) => name).join(', ')}`,
  )
  return silent
}

/** How boards are looked into: in the field from afar, or on the bench, where the cable is still there. */
interface Inquiry {
  readonly act: string
  readonly byCable: boolean
  so(cause: string): string
}

const inTheField: Inquiry = {
  act: 'Their logs and lights are looked at, and they are asked by SMS. What happened?',
  byCable: false,
  so: (cause) =>
    rewritable.has(cause)
      ? 'its credentials are written again'
      : 'its credentials are left alone: writing them would not help',
}

const onTheBench: Inquiry = {
  act: 'They were written, and the broker saw nobody. Why?',
  byCable: true,
  so: () => 'it does not leave the bench',
}

async function explainAll(
  stage: Stage,
  silent: readonly Member[],
  since: number,
  inquiry: Inquiry,
): Promise<Map<Member, Told>> {
  const [first] = silent
  const name = first?.name ?? ''
  const line = `sectag doctor ${name}.log ${name}.sms ${name}.broker.jsonl --tag ${storyTag}`
  tellAct(stage, 'explain', inquiry.act, first === undefined ? '' : line)
  const told = new Map<Member, Told>(stage.members.map((member) => [member, { rewritten: false, provenAgain: false }]))
  for (const member of silent) {
    stage.context.signal.throwIfAborted()
    const heard = await hear(stage, member, since, inquiry.byCable)
    const diagnosed = await diagnoseMember(stage, member, heard)
    tellDiagnosis(stage, member, heard, diagnosed, inquiry.so(diagnosed.cause))
    told.set(member, { cause: diagnosed.cause, rewritten: false, provenAgain: false })
  }
  return told
}

/** Writes again what is gone, and nothing else. Over the air comes later: here an operator has a cable. */
async function healAll(stage: Stage, told: Map<Member, Told>): Promise<void> {
  const gone = [...told].filter(([, { cause }]) => rewritable.has(cause ?? ''))
  tellAct(stage, 'heal', 'Only boards whose credentials are gone are written again, by cable, and proven again.')
  await inTurn(gone, atOnce, async ([member, before]) => {
    stage.context.signal.throwIfAborted()
    const since = stage.context.clock.now()
    const { exit } = await stage.sectag(applyWords(member))
    await settles(stage, member, since)
    const provenAgain = exit === 0 && (await provenAloud(stage, member))
    told.set(member, { ...before, rewritten: exit === 0, provenAgain })
  })
}

/** The story ends here: what boards cannot do when they are new, they will not do months later. */
async function unproven(stage: Stage, proven: ReadonlySet<Member>, since: number): Promise<Played> {
  const silent = stage.members.filter((member) => !proven.has(member))
  const told = await explainAll(stage, silent, since, onTheBench)
  const truth: Truth = new Map(stage.members.map((member) => [member, 'nothing']))
  const account = accountOf(proven.size, truth, told, () => 0)
  const causes = [...new Set(silent.map((member) => told.get(member)?.cause ?? ''))]
  const ending: Ending = {
    exit: 5,
    verdict: 'UNKNOWN',
    proof: 'presence',
    failure: {
      what: `${silent.length} of ${stage.members.length} boards were written, and the broker saw no session of them`,
      state: 'the virtual boards are as they were written; no real board was touched',
      why: `the doctor says: ${causes.join(', ')}`,
      next: 'sectag demo --once --json',
    },
    more: { ...account, causes, seed: stage.options.seed },
  }
  return { stage, truth, told, account, ending }
}

function endingOf({ options }: Stage, account: Account): Ending {
  const more = { ...account, seed: options.seed }
  if (account.wrong.length === 0) return { exit: 0, proof: 'session', verdict: 'PASS', more }
  return {
    exit: 5,
    verdict: 'FAIL',
    failure: {
      what: `what was told or done is not the truth: ${account.wrong.join('; ')}`,
      state: 'the virtual boards are gone; no real board was touched',
      why: 'this is a defect of ours; please report it',
      next: `sectag demo --once --seed ${options.seed} --boards ${options.boards} --json`,
    },
    more,
  }
}
