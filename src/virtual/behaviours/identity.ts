import { commands } from '../../at/index.ts'
import { ok, refused } from '../../terms/index.ts'
import { type Behaviour, behaves } from '../behaviour.ts'
import { simIsOn } from '../state.ts'

/** Who the modem is and what runs on it (ID-01 to ID-20). */
export const identityBehaviours: readonly Behaviour[] = [
  behaves(commands.at, () => ok(undefined)),
  behaves(commands.cgmi, () => ok('Nordic Semiconductor ASA')),
  behaves(commands.cgmm, (world) => ok(world.personality.model)),
  behaves(commands.cgmr, (world) => ok(world.personality.firmware)),
  behaves(commands.cgsn, (world) => ok(world.identity.imei)),
  behaves(commands.cgsnImei, (world) => ok({ imei: world.identity.imei })),
  behaves(commands.hwversion, (world) => ok(world.personality.hardware)),
  behaves(commands.deviceUuid, (world) =>
    world.personality.deviceUuid ? ok(world.identity.uuid) : refused({ kind: 'cme', code: 0 }),
  ),
  behaves(commands.xiccid, (world) =>
    simIsOn(world.state)
      ? ok(world.identity.iccid)
      : refused({ kind: 'cme', code: world.state.sim === 'none' ? 10 : 14 }),
  ),
]
