import type { Command, commands } from '../at/index.ts'
import type { Clock, Outcome, Random } from '../terms/index.ts'
import type { VirtualIdentity } from './identity.ts'
import type { Personality } from './personality.ts'
import type { VirtualState } from './state.ts'
import type { CredentialStore } from './store.ts'

/** What a behaviour may see and change. */
export interface World {
  readonly personality: Personality
  readonly identity: VirtualIdentity
  readonly clock: Clock
  /** The modem's own: new keys and nonces. The same seed gives the same ones, in the same order. */
  readonly random: Random
  readonly store: CredentialStore
  readonly state: VirtualState
  /** What the client of the short messages may ask for. */
  readonly sms: {
    submit(order: commands.SmsOrder): Outcome<{ reference: number }>
    acknowledge(kind: number): Outcome<void>
  }
  /** Prints a notification now. */
  notify(line: string): void
  /** Carries out another command, for those that carry one. */
  run(text: string): { outcome: Outcome<unknown>; lines: string }
}

/** How a virtual modem answers one command. */
export interface Behaviour {
  readonly name: string
  /** Milliseconds that it takes. */
  takes(world: World): number
  /** The information lines and outcome; undefined where the text is not of this command's form. */
  answer(world: World, rest: string): { outcome: Outcome<unknown>; lines: string } | undefined
}

/** What became of a command, and what it changed. */
export type Act<Q, A> = (world: World, request: Q) => Outcome<A>

/** A behaviour from the command value that the host uses too, read backwards. */
export function behaves<Q, A>(
  command: Command<Q, A>,
  act: Act<Q, A>,
  takes: (world: World) => number = () => 1,
): Behaviour {
  return {
    name: command.name,
    takes,
    answer(world, rest) {
      let request: Q
      try {
        request = command.request.parse(rest)
      } catch {
        return undefined
      }
      const outcome = act(world, request)
      return { outcome, lines: outcome.ok ? command.answer.format(outcome.value) : '' }
    },
  }
}
