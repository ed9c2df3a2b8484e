import { type Channel, commands } from '../at/index.ts'
import { functionalMode } from '../numbers/index.ts'
import { type Bytes, type Outcome, ok, type Refusal, type Slot } from '../terms/index.ts'
import { type ModemState, readState, sameState } from './state.ts'
import { restoreSubscriptions } from './subscriptions.ts'

/** The right to change a modem's credentials: while it is held, the radio is off and refusals carry their numbers. */
export interface Pen {
  /** How the modem stood before. */
  readonly found: ModemState
  /** Whether the radio was switched off for it, which closed the application's sockets (MODE-08). */
  readonly tookRadio: boolean
  write(slot: Slot, content: Bytes): Promise<Outcome<void>>
  erase(slot: Slot): Promise<Outcome<void>>
}

/** How a modem was left. `asFound` is true when nothing differs from before; else `refusal` says what stood in the way. */
export interface Left {
  readonly asFound: boolean
  /** What it says of itself now; left out when it does not answer. */
  readonly state?: ModemState
  readonly refusal?: Refusal
}

/** What may be told to the pen. */
export interface PenOptions {
  /** The state to give back, where an earlier pen was lost and the modem still stands as that one left it. */
  giveBack?: ModemState
  /** Told the state before anything is changed, so that it can be written down first. */
  beforeTaking?: (found: ModemState) => Promise<void>
}

/** What became of the work, and of the modem. */
export interface PenOutcome<T> {
  readonly result: Outcome<T>
  readonly left: Left
}

/** CFUN=4, never 0: mode 0 makes the modem write its configuration to flash, and flight mode spares that (MODE-20, MODE-21). */
const flightMode = 4

/**
 * Takes the pen, does the work, and gives everything back as it was found, also when the work throws. A refusal while
 * taking the pen is the result, and the modem is as found.
 */
export async function withPen<T>(
  channel: Channel,
  work: (pen: Pen) => Promise<T>,
  options: PenOptions = {},
): Promise<PenOutcome<T>> {
  const read = await readState(channel)
  if (!read.ok) return { result: read, left: { asFound: true } }
  const found = options.giveBack ?? read.value
  await options.beforeTaking?.(found)
  let result: Outcome<T>
  try {
    result = await workWith(channel, read.value, found, work)
  } catch (error) {
    await giveBack(channel, found)
    throw error
  }
  return { result, left: await giveBack(channel, found) }
}

async function workWith<T>(
  channel: Channel,
  now: ModemState,
  found: ModemState,
  work: (pen: Pen) => Promise<T>,
): Promise<Outcome<T>> {
  const takes = functionalMode(now.functionalMode).writing !== 'quiet'
  const taken = await takeRadio(channel, now, takes)
  if (!taken.ok) return taken
  const pen: Pen = {
    found,
    tookRadio: takes,
    write: ({ tag, type }, content) => channel.send(commands.cmngWrite, { tag, type, content }),
    erase: ({ tag, type }) => channel.send(commands.cmngDelete, { tag, type }),
  }
  return ok(await work(pen))
}

async function takeRadio(channel: Channel, now: ModemState, takes: boolean): Promise<Outcome<void>> {
  if (now.errorReporting !== 1) {
    const numbered = await channel.send(commands.cmeeSet, { mode: 1 })
    if (!numbered.ok) return numbered
  }
  return takes ? channel.send(commands.cfunSet, { mode: flightMode }) : ok(undefined)
}

/** Gives a modem back as it was found, and says how it stands. Everything is tried, also after a refusal. */
export async function giveBack(channel: Channel, found: ModemState): Promise<Left> {
  const before = await readState(channel)
  if (!before.ok) return { asFound: false, refusal: before.refusal }
  const refusals: (Outcome<unknown> | undefined)[] = []
  if (before.value.functionalMode !== found.functionalMode) {
    refusals.push(await channel.send(commands.cfunSet, { mode: found.functionalMode }))
  }
  refusals.push(await restoreSubscriptions(channel, found.subscriptions))
  if (before.value.errorReporting !== found.errorReporting) {
    refusals.push(await channel.send(commands.cmeeSet, { mode: found.errorReporting }))
  }
  const after = await readState(channel)
  const refusal = refusals.find((outcome) => outcome?.ok === false)
  return account(found, after, refusal?.ok === false ? refusal.refusal : undefined)
}

function account(found: ModemState, after: Outcome<ModemState>, refusal: Refusal | undefined): Left {
  if (!after.ok) return { asFound: false, refusal: refusal ?? after.refusal }
  const asFound = sameState(after.value, found)
  return { asFound, state: after.value, ...(refusal !== undefined && { refusal }) }
}
