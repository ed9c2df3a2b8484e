import { atOnce } from '../at-once.ts'
import { inTurn } from '../../in-turn.ts'
import { storyTag } from '../member.ts'
import { applyWords, provision } from '../provision.ts'
import type { Stage } from '../stage.ts'
import { tell, tellAct } from '../tell.ts'

/** Writes every board, as an operator with cables would. */
export async function provisionAll(stage: Stage): Promise<void> {
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
