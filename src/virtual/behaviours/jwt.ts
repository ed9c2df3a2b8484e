import { commands } from '../../at/index.ts'
import { type Outcome, hex, ok } from '../../terms/index.ts'
import { type Behaviour, behaves, type World } from '../behaviour.ts'
import { type DeviceKey, identityKey, storedDeviceKey } from '../device-key.ts'
import { signedJwt } from '../jwt.ts'
import { no } from '../refuse.ts'
import { timeOf } from './clock.ts'

type JwtOrder = commands.JwtOrder

/** `%JWT`: works in any functional mode and changes nothing (KEY-83). */
export const jwtBehaviours: readonly Behaviour[] = [behaves(commands.jwt, makeToken)]

/** KEY-55: 50 parameters, 513 no key, 514 a key of no use here, 525 no time to sign. */
function makeToken(world: World, order: JwtOrder): Outcome<string> {
  const { identity, personality, random } = world
  if (personality.bornKeys === undefined) return no(0)
  // KEY-47, and KEY-84 for a tag without a kind of key.
  if ((order.algorithm ?? 0) !== 0 || (order.tag === undefined) !== (order.keyType === undefined)) return no(50)
  const key = keyFor(world, order)
  if (!key.ok) return key
  const lifetime = order.lifetime ?? 0
  const now = timeOf(world)
  // KEY-51
  if (lifetime > 0 && now === undefined) return no(525)
  const [chip = ''] = personality.model.split('-')
  const claims = {
    issuer: `${chip}.${identity.uuid}`,
    id: `${chip}.${personality.firmwareUuid}.${hex(random.bytes(16))}`,
    subject: order.subject,
    audience: order.audience,
    times: lifetime > 0 && now !== undefined ? { at: now.at, lifetime } : undefined,
  }
  return ok(signedJwt(claims, key.value, personality.bornKeys.jwtNamesKey))
}

function keyFor({ identity, store }: World, { tag, keyType }: JwtOrder): Outcome<DeviceKey> {
  if (tag === undefined) return ok(identityKey(identity.seed))
  if (keyType !== 2 && keyType !== 8) return no(50)
  const item = store.get({ tag, type: keyType })
  if (item === undefined) return no(513)
  const key = storedDeviceKey(item.content)
  return key === undefined ? no(514) : ok(key)
}
