import type { Personality } from '../personality.ts'
import { mfw132 } from './mfw-1.3.2.ts'

/** With `%CLAIMTOKEN`, which is there from 1.3.4 on (ID-38). */
export const mfw135: Personality = {
  ...mfw132,
  name: '1.3.5',
  firmware: 'mfw_nrf9160_1.3.5',
  firmwareUuid: '7b3f1c52-0135-4a8e-9c41-5d2e6f0a1b35',
  claimToken: true,
}
