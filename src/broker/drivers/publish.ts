import type { Crl, CrlFault } from '../../pki/index.ts'
import { type Clock, type Outcome, ok, type Random, refused, SectagError } from '../../terms/index.ts'
import { besideOthers, listsIn } from '../revocations.ts'
import type { DriverProblem, Published } from './driver.ts'
import { type Door, knock, type Pass, type Received } from './trial.ts'

/** What every driver needs to publish: who guards, and with what it is shown that a list is in force and harms nobody. */
export interface Gate {
  readonly clock: Clock
  readonly random: Random
  readonly door: Door
  /** A certificate that is good, and one that is revoked by the very list that is published. */
  readonly trials: { readonly healthy: Pass; readonly revoked: Pass }
  /** Why a list must not be loaded; `loaded` is the one of the same CA that the broker has now. Empty where nothing speaks against it. */
  guard(crl: Crl, loaded: Crl | undefined): Promise<readonly CrlFault[]>
}

/** Where a broker has its list. Both throw what the system throws. */
export interface Shelf {
  /** The PEM text that it has now. */
  read(): string | undefined
  /** Puts a list there and has it loaded; undefined takes the list away. */
  load(pem: string | undefined): Promise<void>
}

/** Milliseconds that a broker has to load a list: Mosquitto does it when its main loop comes round. */
const patience = 10_000
const firstPause = 20
const longestPause = 500

const untouched = 'nothing was put in place; the broker has what it had before'

/** Guards, puts in place, and shows: a certificate of the list is refused, a healthy one enters; else the list from before goes back. */
export async function publishOn(shelf: Shelf, gate: Gate, crl: Crl): Promise<Outcome<Published, DriverProblem>> {
  const before = readOf(shelf)
  if (!before.ok) return before
  const faults = await gate.guard(crl, listOf(crl.issuer, before.value))
  if (faults.length > 0) return refused(guarded(faults))
  const { healthy, revoked } = gate.trials
  const first = await knock(gate.door, healthy, gate)
  if (first.is === 'unreached') return refused({ code: 'not-reached', text: first.words, state: untouched })
  // A trial certificate that is refused already would show nothing. Where the healthy one is refused too, its entering will show it.
  if (first.is === 'in' && (await knock(gate.door, revoked, gate)).is === 'refused')
    throw new SectagError('internal', 'the trial certificate that the list revokes was refused before')
  const begun = gate.clock.now()
  const failed = await loadInto(shelf, besideOthers(crl, before.value))
  if (failed !== undefined) return putBack(shelf, gate, before.value, failed)
  const known = await waitFor(gate, revoked, 'refused')
  if (known.is !== 'refused') return putBack(shelf, gate, before.value, notInForce(known))
  const inForceAfter = gate.clock.now() - begun
  const entered = await waitFor(gate, healthy, 'in')
  if (entered.is !== 'in') return putBack(shelf, gate, before.value, lockedOut(entered, first))
  return ok({ inForceAfter, healthyAfter: gate.clock.now() - begun })
}

function listOf(issuer: string, text: string | undefined): Crl | undefined {
  return listsIn(text ?? '').find(({ crl }) => crl?.issuer === issuer)?.crl
}

function guarded(faults: readonly CrlFault[]): DriverProblem {
  return { code: 'guarded', text: faults.map(({ text }) => text).join('; '), state: untouched }
}

type Problem = Omit<DriverProblem, 'state'>

function readOf(shelf: Shelf): Outcome<string | undefined, DriverProblem> {
  try {
    return ok(shelf.read())
  } catch (error) {
    return refused({ code: 'not-placed', text: (error as Error).message, state: untouched })
  }
}

async function loadInto(shelf: Shelf, pem: string | undefined): Promise<Problem | undefined> {
  try {
    await shelf.load(pem)
    return undefined
  } catch (error) {
    return { code: 'not-placed', text: (error as Error).message }
  }
}

/** The last answer, when it is the one that is waited for, or when nobody waits any longer. */
async function waitFor(gate: Gate, pass: Pass, what: 'in' | 'refused'): Promise<Received> {
  const begun = gate.clock.now()
  for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
    const received = await knock(gate.door, pass, gate)
    if (received.is === what || gate.clock.now() - begun > patience) return received
    await gate.clock.sleep(pause)
  }
}

function notInForce(last: Received): Problem {
  if (last.is === 'unreached')
    return { code: 'not-in-force', text: `the broker cannot be reached any more: ${last.words}` }
  return {
    code: 'not-in-force',
    text: `a certificate that the list revokes still enters, ${patience / 1000} s after the broker was told to load it`,
  }
}

function lockedOut(last: Received, first: Received): Problem {
  const words = last.is === 'in' ? '' : ` (${last.words})`
  const earlier = first.is === 'in' ? 'it did before' : 'it did not before either'
  return { code: 'locked-out', text: `with the new list a healthy certificate does not enter${words}; ${earlier}` }
}

/** The broker as it was, as far as that can be had, and whether a healthy certificate enters there now. */
async function putBack(
  shelf: Shelf,
  gate: Gate,
  before: string | undefined,
  problem: Problem,
): Promise<Outcome<Published, DriverProblem>> {
  const failed = await loadInto(shelf, before)
  const there = readOf(shelf)
  if (failed !== undefined && there.ok && there.value === before)
    return refused({
      ...problem,
      state: 'the list from before is in its place; the broker was not told to load anything',
    })
  if (failed !== undefined)
    return refused({ ...problem, state: `the list from before could not be put back: ${failed.text}` })
  const received = await waitFor(gate, gate.trials.healthy, 'in')
  const now = received.is === 'in' ? 'a healthy certificate enters' : 'a healthy certificate does not enter'
  return refused({ ...problem, state: `the list from before was put back and loaded; ${now} now` })
}
