import type { Personality } from '../personality.ts'
import { b0a, b1a } from './chips.ts'
import { factoryEntries } from './factory-entries.ts'
import { mfw123 } from './mfw-1.2.3.ts'

/**
 * The first that makes keys inside itself and leaves the factory with entries of its own; digests are still placeholders
 * (ID-31, ID-35, ID-36, OPEN-03). On Rev 1 it is for tests only (COMPAT-20, COMPAT-21).
 */
export const mfw131: Personality = {
  ...mfw123,
  name: '1.3.1',
  firmware: 'mfw_nrf9160_1.3.1',
  firmwareUuid: '7b3f1c52-0131-4a8e-9c41-5d2e6f0a1b31',
  ...b1a,
  otherHardware: [b0a],
  bornKeys: { nullParameter: true, signs: 'payload', overwrite: 'error519', takes: 300, jwtNamesKey: true },
  factoryEntries,
}
