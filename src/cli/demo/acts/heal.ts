import { rewritable, type Told } from '../account.ts'
import { atOnce } from '../at-once.ts'
import { inTurn } from '../../in-turn.ts'
import type { Member } from '../member.ts'
import { settles } from '../prove.ts'
import { applyWords } from '../provision.ts'
import type { Stage } from '../stage.ts'
import { tellAct } from '../tell.ts'
import { provenAloud } from './prove.ts'

/** Writes again what is gone, and nothing else. Over the air comes later: here an operator has a cable. */
export async function healAll(stage: Stage, told: Map<Member, Told>): Promise<void> {
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
