import { p256 } from '@noble/curves/nist.js'
import { commands } from '../../at/index.ts'
import { parsePem } from '../../pki/index.ts'
import { type Bytes, bytesOf, byteText, credentialType, type Outcome, ok, utf8 } from '../../terms/index.ts'
import { type Behaviour, behaves, type World } from '../behaviour.ts'
import { no, refuseChange } from '../refuse.ts'

type SudoOrder = commands.SudoOrder

/** Where a key lies when no tag is given (KEY-85). */
const firstTag = 0
/** KEY-57 */
const highestTag = 9

/** `%XPMNG`: public keys for commands that must be signed, and `%XSUDO`: such a command (KEY-56 to KEY-64). */
export const authenticatedBehaviours: readonly Behaviour[] = [
  behaves(commands.xpmngWrite, writeKey, ({ personality }) => personality.writeTakes),
  behaves(commands.xpmngRead, ({ store }, { tag = firstTag }) => {
    const item = store.get({ tag, type: credentialType.publicKey })
    return item === undefined ? no(513) : ok(byteText(item.content))
  }),
  behaves(commands.xsudo, sudo),
]

function writeKey(world: World, { content, tag = firstTag }: { content: string; tag?: number }): Outcome<void> {
  const slot = { tag, type: credentialType.publicKey }
  // KEY-59
  if (content === '') return no(0)
  if (tag > highestTag) return no(514)
  const refusal = refuseChange(world, { ...slot, highestType: slot.type })
  if (refusal !== undefined) return refusal
  if (!world.store.fits(slot, content.length)) return no(515)
  // KEY-60
  if (world.store.get(slot) !== undefined) return no(520)
  world.store.put(slot, bytesOf(content))
  return ok(undefined)
}

function sudo(world: World, { command, length, signature, tag = firstTag }: SudoOrder): Outcome<string> {
  const item = world.store.get({ tag, type: credentialType.publicKey })
  if (item === undefined) return no(513)
  const signed = command.slice(0, length)
  // KEY-86
  if (length > command.length || !isSignedBy(signed, signature, item.content)) return no(520)
  const done = world.run(`AT${signed}`)
  return done.outcome.ok ? ok(done.lines) : done.outcome
}

function isSignedBy(text: string, signature: string, key: Bytes): boolean {
  try {
    const point = parsePem(byteText(key)).blocks[0]?.der.slice(-65) ?? new Uint8Array()
    return p256.verify(bytesOf(atob(signature)), utf8(text), point, { lowS: false, format: 'der' })
  } catch {
    // No key, no point or no signature.
    return false
  }
}
