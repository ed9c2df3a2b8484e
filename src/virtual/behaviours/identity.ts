import { commands } from '../../at/index.ts'
import { type Outcome, ok, refused } from '../../terms/index.ts'
import { type Behaviour, behaves, type World } from '../behaviour.ts'
import type { Personality } from '../personality.ts'
import { simIsOn } from '../state.ts'

/** ID-12: two digits, which no source ties to a firmware. */
const softwareVersion = '01'

/** Who the modem is and what runs on it (ID-01 to ID-20). */
export const identityBehaviours: readonly Behaviour[] = [
  behaves(commands.at, () => ok(undefined)),
  behaves(commands.cgmi, () => ok('Nordic Semiconductor ASA')),
  behaves(commands.cgmm, (world) => ok(world.personality.model)),
  behaves(commands.cgmr, (world) => ok(world.personality.firmware)),
  behaves(commands.cgsn, (world) => ok(world.identity.imei)),
  behaves(commands.cgsnSerial, (world) => ok(world.identity.imei)),
  behaves(commands.cgsnImei, (world) => ok({ imei: world.identity.imei })),
  behaves(commands.cgsnImeisv, (world) => ok({ imeisv: `${world.identity.imei.slice(0, 14)}${softwareVersion}` })),
  behaves(commands.cgsnSoftware, () => ok({ version: softwareVersion })),
  behaves(commands.cgsnTest, () => ok([0, 1, 2, 3])),
  behaves(commands.shortswver, ({ personality }) => ok(shortVersion(personality))),
  behaves(commands.xmodemuuid, ({ personality }) => ok(personality.firmwareUuid)),
  behaves(commands.hwversion, (world) => ok(world.personality.hardware)),
  behaves(commands.deviceUuid, (world) =>
    world.personality.deviceUuid ? ok(world.identity.uuid) : refused({ kind: 'cme', code: 0 }),
  ),
  behaves(commands.xiccid, (world) => ofTheSim(world, world.identity.iccid)),
  behaves(commands.cimi, (world) => ofTheSim(world, world.identity.imsi)),
]

function ofTheSim({ state }: World, number: string): Outcome<string> {
  return simIsOn(state) ? ok(number) : refused({ kind: 'cme', code: state.sim === 'none' ? 10 : 14 })
}

/** ID-15: the family as in the firmware's name, and the version. */
function shortVersion({ firmware, name }: Personality): string {
  return `${firmware.slice('mfw_'.length, firmware.lastIndexOf('_'))}_${name}`
}
