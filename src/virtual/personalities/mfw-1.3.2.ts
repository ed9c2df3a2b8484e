import type { Personality } from '../personality.ts'
import { mfw131 } from './mfw-1.3.1.ts'

/** Real digests, and no writing while the power-off warning is active (ID-34, ID-40). */
export const mfw132: Personality = {
  ...mfw131,
  name: '1.3.2',
  firmware: 'mfw_nrf9160_1.3.2',
  firmwareUuid: '7b3f1c52-0132-4a8e-9c41-5d2e6f0a1b32',
  digests: 'real',
  guardsSupply: true,
  memory: 'cautious',
}
