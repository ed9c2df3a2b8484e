import type { Behaviour } from '../behaviour.ts'
import { authenticatedBehaviours } from './authenticated.ts'
import { clockBehaviours } from './clock.ts'
import { connectionBehaviours } from './connection.ts'
import { credentialBehaviours } from './credentials.ts'
import { factoryResetBehaviours } from './factory-reset.ts'
import { identityBehaviours } from './identity.ts'
import { jwtBehaviours } from './jwt.ts'
import { keyBehaviours } from './keys.ts'
import { modeBehaviours } from './modes.ts'
import { monitorBehaviours } from './monitor.ts'
import { networkBehaviours } from './network.ts'
import { powerBehaviours } from './power.ts'
import { smsBehaviours } from './sms.ts'

/** Everything that a virtual modem can do, by command name. */
export const behaviours: ReadonlyMap<string, readonly Behaviour[]> = Map.groupBy(
  [
    ...identityBehaviours,
    ...modeBehaviours,
    ...networkBehaviours,
    ...connectionBehaviours,
    ...monitorBehaviours,
    ...clockBehaviours,
    ...powerBehaviours,
    ...factoryResetBehaviours,
    ...smsBehaviours,
    ...credentialBehaviours,
    ...keyBehaviours,
    ...jwtBehaviours,
    ...authenticatedBehaviours,
  ],
  (behaviour) => behaviour.name,
)
