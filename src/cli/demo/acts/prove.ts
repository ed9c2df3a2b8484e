import { atOnce } from '../at-once.ts'
import { inTurn } from '../../in-turn.ts'
import type { Member } from '../member.ts'
import { isProven, settles } from '../prove.ts'
import { manifestOf } from '../provision.ts'
import { textOf } from '../sectag.ts'
import type { Stage } from '../stage.ts'
import { tell, tellAct } from '../tell.ts'

/** Switches all boards on and asks the broker's witness about each. */
export async function proveAll(stage: Stage, since: number): Promise<ReadonlySet<Member>> {
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

/** Whether the broker's witness saw a session of it; said aloud either way. */
export async function provenAloud(stage: Stage, member: Member): Promise<boolean> {
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
