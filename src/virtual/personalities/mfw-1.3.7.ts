import type { Personality } from '../personality.ts'
import { mfw135 } from './mfw-1.3.5.ts'

/** The last of the nRF9160 lines. No source says what differs from 1.3.5 in what is modelled here (ID-31). */
export const mfw137: Personality = {
  ...mfw135,
  name: '1.3.7',
  firmware: 'mfw_nrf9160_1.3.7',
  firmwareUuid: '7b3f1c52-0137-4a8e-9c41-5d2e6f0a1b37',
}
