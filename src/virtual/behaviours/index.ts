import type { Behaviour } from '../behaviour.ts'
import { credentialBehaviours } from './credentials.ts'
import { identityBehaviours } from './identity.ts'
import { keyBehaviours } from './keys.ts'
import { modeBehaviours } from './modes.ts'
import { networkBehaviours } from './network.ts'

/** Everything that a virtual modem can do, by command name. */
export const behaviours: ReadonlyMap<string, readonly Behaviour[]> = Map.groupBy(
  [...identityBehaviours, ...modeBehaviours, ...networkBehaviours, ...credentialBehaviours, ...keyBehaviours],
  (behaviour) => behaviour.name,
)
