import { sha256 } from '@noble/hashes/sha2.js'
import { encode } from 'cborg'
import { commands } from '../../at/index.ts'
import { type Bytes, type Outcome, ok } from '../../terms/index.ts'
import { type Behaviour, behaves, type World } from '../behaviour.ts'
import { type DeviceKey, identityKey, keyText, newDeviceKey } from '../device-key.ts'
import type { BornKeyTraits } from '../personality.ts'
import { no, refuseChange } from '../refuse.ts'
import { signingRequest, subjectOf } from '../signing-request.ts'
import { message, token } from '../token.ts'

type KeyOrder = commands.KeyOrder

/** KEY-15: digitalSignature, nonRepudiation, keyEncipherment, keyAgreement. */
const usualUsage = '111010000'
/** First members of a body (KEY-29, KEY-41). */
const [deviceIdentity, publicKeyMessage, requestMessage] = [1, 8, 9]

/** `%KEYGEN`, `%ATTESTTOKEN`, and `%CLAIMTOKEN`, of which only the refusal is known (ID-59). */
export const keyBehaviours: readonly Behaviour[] = [
  behaves(commands.attestToken, (world, { challenge }) => {
    if (world.personality.bornKeys === undefined) return no(0)
    return ok(attestation(world, challenge === undefined ? world.random.bytes(16) : octets(challenge)))
  }),
  behaves(commands.claimToken, ({ personality }) => no(personality.claimToken ? 529 : 0)),
  behaves(commands.keygen, makeKey, ({ personality }) => personality.bornKeys?.takes ?? 1),
]

/** In the order of CMNG-77 ff. (KEY-79). */
function makeKey(world: World, order: KeyOrder): Outcome<string> {
  const { personality, random, store } = world
  const traits = personality.bornKeys
  const subject = subjectOf(order.attributes ?? `CN=${world.identity.uuid}`)
  if (traits === undefined || subject === undefined || (order.keyType !== 2 && order.keyType !== 8)) return no(0)
  const slot = { tag: order.tag, type: order.keyType }
  // KEY-81: endorsement keys are not made here.
  const refusal = refuseChange(world, { ...slot, highestType: 2 })
  if (refusal !== undefined) return refusal
  const key = newDeviceKey(random)
  const content = keyText(key)
  if (!store.fits(slot, content.length)) return no(515)
  // KEY-20
  if (store.get(slot) !== undefined) return no(519)
  store.put(slot, content, 'born')
  return ok(keyProof(world, order, traits, key, subject))
}

function keyProof(world: World, order: KeyOrder, traits: BornKeyTraits, key: DeviceKey, subject: Bytes): string {
  const wantsRequest = (order.content ?? 0) === 0
  const { nullParameter, signs } = traits
  const usage = order.usage ?? usualUsage
  const body = wantsRequest ? signingRequest(key, { subject, usage, nullParameter }) : key.spki
  const payload = message([
    wantsRequest ? requestMessage : publicKeyMessage,
    octets(world.identity.uuid),
    // KEY-30: a number inside a byte string.
    encode(order.tag),
    sha256(body),
    world.random.bytes(16),
  ])
  const outside = signs === 'payload' ? new Uint8Array() : body
  return token(body, { outside, payload }, identityKey(world.identity.seed))
}

/** KEY-36: its body is outside of what COSE carries, and the payload is null. */
function attestation(world: World, nonce: Bytes): string {
  const { identity, personality } = world
  const members = [octets(identity.uuid), personality.deviceType, octets(personality.firmwareUuid), nonce]
  const body = message([deviceIdentity, ...members])
  return token(body, { outside: body, payload: null }, identityKey(identity.seed))
}

/** The octets of hexadecimal text; dashes, as in a UUID, do not count. */
function octets(text: string): Bytes {
  return Uint8Array.from(text.replaceAll('-', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
