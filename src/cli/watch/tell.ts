import { type Expected, type Sighting, shortOf } from '../../broker/index.ts'
import type { Output } from '../output.ts'
import { nextAfter, type Place } from './refusals.ts'
import { sightingWords } from './words.ts'

/** Tells each connection as it was seen: who, what came of it, and where it was refused, what to type next. */
export class SightingTeller {
  readonly #output: Output
  readonly #place: Place
  readonly #boards: ReadonlyMap<string, readonly string[]>

  /** @param boards by the SHA-256 of a certificate, the IMEIs of those that may hold it */
  constructor(output: Output, place: Place, boards: ReadonlyMap<string, readonly string[]>) {
    this.#output = output
    this.#place = place
    this.#boards = boards
  }

  tell(sighting: Sighting, expected: Expected): void {
    const { refused, certificate } = sighting
    const short = shortOf(sighting, expected)
    const boards = this.#boards.get(certificate?.fingerprint ?? '') ?? []
    const next = refused === undefined ? undefined : nextAfter(refused, this.#place)
    const words = sightingWords(sighting, short, boards)
    this.#output.event(
      'sighting',
      {
        ...sighting,
        ...(short !== undefined && { short }),
        ...(boards.length > 0 && { boards }),
        ...(next !== undefined && { next }),
      },
      next === undefined ? words : `${words}\n  next   ${next}`,
    )
  }
}
