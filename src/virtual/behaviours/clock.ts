import { commands } from '../../at/index.ts'
import { ok } from '../../terms/index.ts'
import { type Behaviour, behaves, type World } from '../behaviour.ts'
import { no } from '../refuse.ts'

type ModemTime = commands.ModemTime

/** What the modem's clock says; undefined until a network or the application has told it (MODE-42). */
export function timeOf({ clock, state }: World): ModemTime | undefined {
  return state.time === undefined ? undefined : { at: clock.now() + state.time.ahead, zone: state.time.zone }
}

function tell(world: World, { at, zone }: ModemTime, summer?: number): void {
  world.state.time = { ahead: at - world.clock.now(), zone, ...(summer !== undefined && { summer }) }
}

/** `+CCLK` and `%CCLK` (MODE-41, MODE-42, MODE-49). */
export const clockBehaviours: readonly Behaviour[] = [
  behaves(commands.cclkRead, (world) => {
    const time = timeOf(world)
    return time === undefined ? no(0) : ok(time)
  }),
  behaves(commands.cclkSet, (world, { time }) => {
    tell(world, time)
    return ok(undefined)
  }),
  behaves(commands.nordicClockRead, (world) => {
    const time = timeOf(world)
    const summer = world.state.time?.summer
    return time === undefined ? no(0) : ok({ time, ...(summer !== undefined && { summer }) })
  }),
  behaves(commands.nordicClockSet, (world, { time, summer }) => {
    tell(world, time, summer)
    return ok(undefined)
  }),
]
