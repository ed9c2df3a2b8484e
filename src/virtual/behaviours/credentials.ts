import { commands } from '../../at/index.ts'
import { longestPassword } from '../../numbers/index.ts'
import { type Bytes, byteText, type Outcome, ok, type Slot } from '../../terms/index.ts'
import { type Behaviour, behaves, type World } from '../behaviour.ts'
import { isCertificateText } from '../content-check.ts'
import { factoryContent } from '../personalities/factory-content.ts'
import { makesSense, no, refuseChange } from '../refuse.ts'
import { supplyIsLow } from '../supply.ts'

type Item = commands.CredentialLine & { content: Bytes }

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
  behaves(commands.cmngRead, readItem),
  behaves(commands.cmngDelete, deleteItem, ({ personality }) => personality.writeTakes),
  behaves(commands.cmngWrite, writeItem, ({ personality }) => personality.writeTakes),
]

function readItem(world: World, slot: Slot): Outcome<Item> {
  const { personality, store } = world
  if (!makesSense(world, slot.type)) return no(0)
  if (personality.guardsReads && supplyIsLow(world)) return no(528)
  if (![...personality.readable, ...personality.moreTypes].includes(slot.type)) return no(514)
  const item = store.get(slot)
  if (item === undefined) return no(slot.tag > 2_147_483_667 ? 514 : 513)
  const sha = store.digest(item)
  // OPEN-05: where the switch allows it, that of a factory entry which is public.
  const content = item.origin === 'factory' ? factoryContent(item) : item.content
  return content === undefined ? no(514) : ok({ ...slot, sha, content })
}

function deleteItem(world: World, slot: Slot): Outcome<void> {
  const refusal = refuseChange(world, { ...slot, highestType: 5, mustExist: true })
  if (refusal !== undefined) return refusal
  world.store.delete(slot)
  return ok(undefined)
}

function writeItem(world: World, { tag, type, content, password }: commands.CredentialWrite): Outcome<void> {
  const slot = { tag, type }
  const senseless = content.length === 0 || (password?.length ?? 0) > longestPassword
  const refusal = senseless
    ? no(0)
    : (refuseChange(world, { ...slot, highestType: 4 }) ??
      refuseContent(world, slot, content, password) ??
      refuseStoring(world, slot, content))
  if (refusal !== undefined) return refusal
  world.store.put(slot, content)
  return ok(undefined)
}

/** What the modem sees in a content, by its type; private keys are not looked at but for OPEN-15 (PEM-02, PEM-06). */
function refuseContent(
  { personality }: World,
  { type }: Slot,
  content: Bytes,
  password?: string,
): Outcome<never> | undefined {
  if (personality.checksContent && type <= 1 && !isCertificateText(content)) return no(527)
  if (personality.checksPsk && type === 3 && !/^(?:[0-9a-f]{2})+$/i.test(byteText(content))) return no(50)
  const locked = type === 2 && byteText(content).includes('BEGIN ENCRYPTED PRIVATE KEY')
  return personality.checksPassword && locked && password === undefined ? no(50) : undefined
}

function refuseStoring({ personality, store }: World, slot: Slot, content: Bytes): Outcome<never> | undefined {
  if (!store.fits(slot, content.length)) return no(515)
  const there = store.get(slot)?.origin
  const switched = there === 'born' ? personality.bornKeys?.overwrite : personality.overwrite
  return there !== undefined && switched === 'error519' ? no(519) : undefined
}
