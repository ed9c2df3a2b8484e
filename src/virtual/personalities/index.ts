import type { Personality } from '../personality.ts'
import { mfw100 } from './mfw-1.0.0.ts'
import { mfw101 } from './mfw-1.0.1.ts'
import { mfw114 } from './mfw-1.1.4.ts'
import { mfw123 } from './mfw-1.2.3.ts'
import { mfw131 } from './mfw-1.3.1.ts'
import { mfw132 } from './mfw-1.3.2.ts'
import { mfw135 } from './mfw-1.3.5.ts'
import { mfw137 } from './mfw-1.3.7.ts'
import { mfw200 } from './mfw-2.0.0.ts'
import { mfw202 } from './mfw-2.0.2.ts'
import { mfw204 } from './mfw-2.0.4.ts'

/** Every firmware line that the virtual modem knows, oldest first. */
export const personalities: readonly Personality[] = [
  mfw100,
  mfw101,
  mfw114,
  mfw123,
  mfw131,
  mfw132,
  mfw135,
  mfw137,
  mfw200,
  mfw202,
  mfw204,
]

/** The personality of a version such as `2.0.2`, on its usual chip or on another that it runs on: `B0A`, `nRF9161`. */
export function personality(name: string, chip?: string): Personality | undefined {
  const line = personalities.find((candidate) => candidate.name === name)
  return line === undefined || chip === undefined ? line : onChip(line, chip)
}

/** A personality on one of the chips that it runs on; undefined where it runs on no such chip. */
export function onChip(line: Personality, chip: string): Personality | undefined {
  if (line.chip === chip) return line
  const other = line.otherHardware.find((candidate) => candidate.chip === chip)
  return other === undefined ? undefined : { ...line, ...other }
}
