import { commands } from '../at/index.ts'
import type { World } from './behaviour.ts'

/** Milliseconds after which a network ends a radio connection that nobody uses. */
const idleAfter = 10_000

/** The radio connection is used, and ends when it has been idle: `+CSCON` tells of both to those who ask for it (MODE-52). */
export function useRadio(world: World): void {
  const { state } = world
  if (state.connectionLevel === 0 || state.connected) return
  tell(world, true)
  void world.clock.sleep(idleAfter).then(() => {
    if (state.connected) tell(world, false)
  })
}

function tell(world: World, connected: boolean): void {
  const { state } = world
  state.connected = connected
  if (state.connectionLevel === 0) return
  world.notify(
    commands.csconNotice.format({
      connected: connected ? 1 : 0,
      ...(state.connectionLevel >= 2 && { state: 7 }),
      ...(state.connectionLevel >= 3 && { access: 4 }),
    }),
  )
}
