import { type Channel, commands } from '../at/index.ts'
import { functionalMode } from '../numbers/index.ts'
import { type Bytes, type Outcome, ok, type Refusal, type Slot } from '../terms/index.ts'
import { type ModemState, readState, sameState } from './state.ts'
import { restoreSubscriptions } from './subscriptions.ts'

/** The right to change a modem's credentials: while it is held, the radio is off and refusals carry their numbers. */
export interface Pen {
  /** How the modem is to be given back. */
  readonly found: ModemState
  /** Whether the radio was switched off for it, which closed the application's sockets (MODE-08). */
  readonly tookRadio: boolean
  write(slot: Slot, content: Bytes): Promise<Outcome<void>>
  erase(slot: Slot): Promise<Outcome<void>>
  /** Makes a client key inside the modem; the answer is its proof, as it came (KEY-08). */
  makeKey(tag: number): Promise<Outcome<string>>
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
  /** Told the state to give back before anything is changed, so that it can be written down first. */
  beforeTaking?: (found: ModemState) => Promise<void>
}

/** What became of the work, and of the modem. */
export interface PenOutcome<T> {
  readonly result: Outcome<T>
  readonly left: Left
  /** Whether this pen told the radio to go off, answered or not. */
  readonly switchedOff: boolean
}

/** CFUN=4, never 0: mode 0 makes the modem write its configuration to flash, and flight mode spares that (MODE-20, MODE-21). */
const flightMode = 4

/** KEY-04. */
const clientKey = 2

/**
 * Takes the pen, does the work, and gives everything back as it was found, also when the work throws.
 *
 * The radio is switched off where the mode forbids writing. In modes of which nobody knows what else is on (30, 31, 40,
 * 41) it is left alone, because `+CFUN?` would not tell what to give back; if LTE is on there, the modem says 518.
 */
export async function withPen<T>(
  channel: Channel,
  work: (pen: Pen) => Promise<T>,
  options: PenOptions = {},
): Promise<PenOutcome<T>> {
  const now = await readState(channel)
  if (!now.ok) {
    // Nothing was touched; but what an earlier pen left is still as that one left it.
    const left = options.giveBack === undefined ? { asFound: true } : { asFound: false, refusal: now.refusal }
    return { result: now, left, switchedOff: false }
  }
  const found = options.giveBack ?? now.value
  await options.beforeTaking?.(found)
  const takes = functionalMode(now.value.functionalMode).writing === 'active'
  let result: Outcome<T>
  try {
    result = await workWith(channel, { now: now.value, found, takes }, work)
  } catch (error) {
    await giveBack(channel, found)
    throw error
  }
  return { result, left: await giveBack(channel, found), switchedOff: takes }
}

async function workWith<T>(
  channel: Channel,
  { now, found, takes }: { now: ModemState; found: ModemState; takes: boolean },
  work: (pen: Pen) => Promise<T>,
): Promise<Outcome<T>> {
  if (now.errorReporting !== 1) {
    const numbered = await channel.send(commands.cmeeSet, { mode: 1 })
    if (!numbered.ok) return numbered
  }
  const off = takes ? await channel.send(commands.cfunSet, { mode: flightMode }) : ok(undefined)
  if (!off.ok) return off
  const pen: Pen = {
    found,
    tookRadio: takes,
    write: ({ tag, type }, content) => channel.send(commands.cmngWrite, { tag, type, content }),
    erase: ({ tag, type }) => channel.send(commands.cmngDelete, { tag, type }),
    makeKey: (tag) => channel.send(commands.keygen, { tag, keyType: clientKey }),
  }
  return ok(await work(pen))
}

/**
 * Gives a modem back as it was found, and says how it stands. Everything is tried, also after a refusal, and also where the
 * modem would not say how it stands now.
 */
export async function giveBack(channel: Channel, found: ModemState): Promise<Left> {
  const read = await readState(channel)
  if (!read.ok && read.refusal.kind === 'unplugged') return { asFound: false, refusal: read.refusal }
  const now = read.ok ? read.value : undefined
  const outcomes: (Outcome<unknown> | undefined)[] = []
  if (now?.functionalMode !== found.functionalMode) {
    outcomes.push(await channel.send(commands.cfunSet, { mode: found.functionalMode }))
  }
  outcomes.push(await restoreSubscriptions(channel, found.subscriptions))
  if (now?.errorReporting !== found.errorReporting) {
    outcomes.push(await channel.send(commands.cmeeSet, { mode: found.errorReporting }))
  }
  const refused = outcomes.find((outcome) => outcome?.ok === false)
  return account(found, await readState(channel), refused?.ok === false ? refused.refusal : undefined)
}

/**
 * How a modem stands now that was given back before: it may have restarted since, and then it is not as it was left. Where
 * it does not say, what was known stays.
 */
export async function leftNow(channel: Channel, left: Left): Promise<Left> {
  if (left.state === undefined) return left
  const now = await readState(channel)
  return !now.ok || sameState(now.value, left.state) ? left : { asFound: false, state: now.value }
}

function account(found: ModemState, after: Outcome<ModemState>, refusal: Refusal | undefined): Left {
  if (!after.ok) return { asFound: false, refusal: refusal ?? after.refusal }
  const asFound = sameState(after.value, found)
  return { asFound, state: after.value, ...(refusal !== undefined && { refusal }) }
}
