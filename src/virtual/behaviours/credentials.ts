import { commands } from '../../at/index.ts'
import { type Outcome, ok, type Slot } from '../../terms/index.ts'
import { type Behaviour, behaves, type World } from '../behaviour.ts'
import { isCertificateText } from '../content-check.ts'
import { no, refuseChange } from '../refuse.ts'

/** `%CMNG`, in the order CMNG-77 to CMNG-84. */
export const credentialBehaviours: readonly Behaviour[] = [
  behaves(commands.cmngList, ({ store }, only) => {
    // CMNG-04: a type only within a tag.
    if (only.type !== undefined && only.tag === undefined) return no(0)
    const items = store
      .items()
      .filter((item) => only.tag === undefined || item.tag === only.tag)
      .filter((item) => only.type === undefined || item.type === only.type)
    return ok(items.map((item) => ({ tag: item.tag, type: item.type, sha: store.digest(item) })))
  }),
  behaves(commands.cmngRead, ({ personality, store }, slot) => {
    if (slot.type > 11) return no(0)
    if (slot.tag > 2_147_483_667 || !personality.readable.includes(slot.type)) return no(514)
    const item = store.get(slot)
    if (item === undefined) return no(513)
    return ok({ ...slot, sha: store.digest(item), content: item.content })
  }),
  behaves(commands.cmngDelete, deleteItem, ({ personality }) => personality.writeTakes),
  behaves(
    commands.cmngWrite,
    (world, { tag, type, content }) => {
      const slot = { tag, type }
      const refusal =
        content.length === 0 ? no(0) : (refuseChange(world, slot, 4) ?? refuseContent(world, slot, content))
      if (refusal !== undefined) return refusal
      world.store.put(slot, content)
      return ok(undefined)
    },
    ({ personality }) => personality.writeTakes,
  ),
]

function deleteItem(world: World, slot: Slot): Outcome<void> {
  const refusal = refuseChange(world, slot, 5)
  if (refusal !== undefined) return refusal
  if (world.store.get(slot) === undefined) return no(513)
  world.store.delete(slot)
  return ok(undefined)
}

function refuseContent(
  world: World,
  slot: Slot,
  content: Parameters<typeof isCertificateText>[0],
): Outcome<never> | undefined {
  const { personality, store } = world
  if (personality.checksContent && slot.type <= 1 && !isCertificateText(content)) return no(527)
  if (!store.fits(slot, content.length)) return no(515)
  const there = store.get(slot)?.origin
  const switched = there === 'born' ? personality.bornKeys?.overwrite : personality.overwrite
  return there !== undefined && switched === 'error519' ? no(519) : undefined
}
