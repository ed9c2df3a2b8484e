import type { Personality } from '../personality.ts'
import { mfw100 } from './mfw-1.0.0.ts'
import { mfw135 } from './mfw-1.3.5.ts'
import { mfw202 } from './mfw-2.0.2.ts'

/** Every firmware line that the virtual modem knows, oldest first. */
export const personalities: readonly Personality[] = [mfw100, mfw135, mfw202]

/** The personality of a version such as `2.0.2`. */
export function personality(name: string): Personality | undefined {
  return personalities.find((candidate) => candidate.name === name)
}
