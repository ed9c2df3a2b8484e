import {
  type BrokerDriver,
  type Gate,
  knock,
  mosquittoDriver,
  type Received,
  sessionsByLog,
} from '../../broker/index.ts'
import { type Crl, checkCrl, serialKey } from '../../pki/index.ts'
import { isoTime, type Outcome, ok, refused } from '../../terms/index.ts'
import { makeCrl } from '../ca/make-crl.ts'
import type { HomeAuthority } from '../ca/open.ts'
import { readOwnCrl } from '../ca/own-crl.ts'
import { type IssuedEntry, readRegister } from '../ca/register.ts'
import { readRevocations } from '../ca/revocations.ts'
import type { World } from '../ca/world.ts'
import type { BrokerOrder } from './broker-order.ts'
import type { Obstacle } from './endings.ts'
import { logLines, mosquittoShelf } from './mosquitto-files.ts'
import { makeTrials } from './trials.ts'
import type { Target } from './targets.ts'

/** Milliseconds that a list must still be good for, so that a weekend locks nobody out. */
const lasts = 72 * 3_600_000

/** What happened, as it is told. */
export interface Shown {
  readonly list: bigint | undefined
  readonly ended: number
}

/** Tells a step that is done, with how long it took. */
export type Tell = (step: string, words: string) => void

/**
 * What follows when the revocations are on the disk: a list, put in force, the live sessions ended, a healthy certificate
 * tried. Every step can be done again, so the same walk after a crash ends the same way.
 */
export async function carryIntoForce(
  world: World,
  home: HomeAuthority,
  order: BrokerOrder,
  targets: readonly Target[],
  tell: Tell,
): Promise<Outcome<Shown, Obstacle>> {
  const trials = await makeTrials(home)
  if (!trials.ok) return refused(recordObstacle(trials.refusal))
  const there = await numberAt(home, order)
  const list = await makeCrl(home, there === undefined ? {} : { after: there })
  if (!list.ok) return refused(recordObstacle(list.refusal))
  tell('listed', `list ${list.value.number} names ${list.value.entries.size}, good until ${until(list.value)}`)
  const gate = gateOf(world, home, order, trials.value)
  const driver = driverOf(world, home, order, gate)
  const published = await driver.publish(list.value)
  if (!published.ok) return published
  tell('in-force', 'the broker refuses who is in the list, and a healthy certificate enters')
  const ended = await endAll(driver, targets)
  if (!ended.ok) return ended
  tell('ended', `${ended.value} live ${ended.value === 1 ? 'session' : 'sessions'} ended`)
  const healthy = await knock(gate.door, trials.value.healthy, gate)
  if (healthy.is !== 'in') return refused(noMore(healthy))
  tell('healthy', 'a healthy certificate enters still')
  return ok({ list: list.value.number, ended: ended.value })
}

/** The number of the list that the broker has, which a home that comes from an old copy would not know. */
async function numberAt({ authority }: HomeAuthority, { files }: BrokerOrder): Promise<bigint | undefined> {
  const there = await readOwnCrl(files.crlFile, authority.issuing).catch(() => undefined)
  return there?.number
}

function until({ nextUpdate }: Crl): string {
  return nextUpdate === undefined ? 'nobody knows when' : isoTime(nextUpdate)
}

function recordObstacle({ text }: { text: string }): Obstacle {
  return { code: 'not-listed', text, state: 'no list was made; the broker has what it had before' }
}

function noMore({ words }: Exclude<Received, { is: 'in' }>): Obstacle {
  const state = 'the list is in force and the sessions are ended'
  return {
    code: 'locked-out',
    text: `a healthy certificate, which entered with this list, does not any more: ${words}`,
    state,
  }
}

async function endAll(driver: BrokerDriver, targets: readonly Target[]): Promise<Outcome<number, Obstacle>> {
  let sum = 0
  for (const target of targets) {
    const ended = await driver.endSessions(target)
    if (!ended.ok) return ended
    sum += ended.value.ended
  }
  return ok(sum)
}

/** Reached with trial certificates of our own, and guarded by what the register says now: whoever is valid must still enter. */
function gateOf({ context }: World, home: HomeAuthority, { door }: BrokerOrder, trials: Gate['trials']): Gate {
  const { clock, random } = context
  const { issuing } = home.authority
  return {
    clock,
    random,
    door: { ...door, roots: door.roots ?? home.authority.rootPem },
    trials,
    guard(crl, loaded) {
      const mustHold = readRevocations(home.folder).entries.map(({ serial }) => serial)
      const mustNotHold = validIn(home).map(({ serial }) => serial)
      return checkCrl(crl, {
        issuing,
        now: clock.now(),
        ...(loaded !== undefined && { loaded }),
        mustHold,
        mustNotHold,
        lasts,
      })
    },
  }
}

function validIn({ folder, clock }: HomeAuthority): IssuedEntry[] {
  const revoked = new Set(readRevocations(folder).entries.map(({ serial }) => serial))
  const now = clock.now()
  return readRegister(folder).entries.filter(
    ({ serial, notAfter }) => notAfter > now && !revoked.has(serialKey(serial)),
  )
}

function driverOf(
  { context }: World,
  home: HomeAuthority,
  { files, namesakes }: BrokerOrder,
  gate: Gate,
): BrokerDriver {
  return mosquittoDriver({
    gate,
    shelf: mosquittoShelf(files, context.random),
    sessions: sessionsByLog({
      gate,
      namesakes,
      log: () => logLines(files),
      alone: ({ subject, fingerprint }) =>
        !validIn(home).some((entry) => entry.subject === subject && entry.fingerprint !== fingerprint),
    }),
  })
}
