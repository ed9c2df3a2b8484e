import type { Member } from '../member.ts'
import { settles } from '../prove.ts'
import type { Stage } from '../stage.ts'
import { tell } from '../tell.ts'

/** The boards of which the broker saw no session since the power came back. */
export async function silentOnes(stage: Stage, since: number): Promise<Member[]> {
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
