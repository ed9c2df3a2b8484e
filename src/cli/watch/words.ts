import { type Expected, isOwn, type Sighting, shortOf } from '../../broker/index.ts'
import { isoTime } from '../../terms/index.ts'
import { reasonWords } from './refusals.ts'

/** One connection in a line; `boards` are the IMEIs of those that may hold its certificate. */
export function sightingWords(sighting: Sighting, short: string | undefined, boards: readonly string[] = []): string {
  const { at, peer, certificate, clientId, refused } = sighting
  const print = refused === undefined ? undefined : certificate?.fingerprint.slice(0, 16)
  const who = [
    certificate?.subject,
    print === undefined ? undefined : `SHA-256 ${print}…`,
    boards.length === 0 ? undefined : `IMEI ${boards.join(' or ')}`,
    clientId === undefined ? undefined : `client id ${clientId}`,
  ]
    .filter(Boolean)
    .join(', ')
  const end = refused === undefined ? (short ?? 'session accepted') : refusedWords(refused)
  return `${isoTime(at)}  ${peer}  ${who === '' ? 'nobody by name' : who}: ${end}`
}

const sides = { device: 'board', broker: 'broker', witness: 'witness' } as const

function refusedWords(refused: NonNullable<Sighting['refused']>): string {
  const number = refused.alert === undefined ? '' : ` (alert ${refused.alert})`
  return `refused by the ${sides[refused.by]}, ${reasonWords(refused)}${number}`
}

/** The most telling of what was seen and proves nothing: one's own board first, then the last of all. */
export function mostTelling(seen: readonly Sighting[], expected: readonly Expected[]): Sighting | undefined {
  return seen.findLast((sighting) => isOfAny(sighting, expected)) ?? seen.at(-1)
}

/** Why what was seen proves nothing. */
export function tellingWords(told: Sighting | undefined, [first]: readonly Expected[]): string | undefined {
  if (told === undefined || first === undefined) return undefined
  return told.refused === undefined ? shortOf(told, first) : reasonWords(told.refused)
}

/**
 * Whether the board that is waited for was seen, and refused. One that left in the middle was not, its line may have broken;
 * nor one that had its session before somebody took its place or denied it a topic.
 */
export function isRefusedOwn(seen: readonly Sighting[], expected: readonly Expected[]): boolean {
  const last = seen.findLast((sighting) => isOfAny(sighting, expected) && !isAfterSession(sighting))
  return last?.refused !== undefined && !isOpen(last.refused)
}

/** It may have gone by itself, or was cut by us: the broker has not refused it. */
function isOpen({ by, reason, candidates }: NonNullable<Sighting['refused']>): boolean {
  return by === 'witness' || reason === 'left' || candidates?.includes('left') === true
}

function isAfterSession({ session, refused }: Sighting): boolean {
  return session !== undefined && refused !== undefined
}

function isOfAny(sighting: Sighting, expected: readonly Expected[]): boolean {
  return expected.some((one) => isOwn(sighting, one))
}
