import type { Personality } from '../personality.ts'
import { mfw100 } from './mfw-1.0.0.ts'

/** The last of the first production line. No source says what differs from 1.0.0 in what is modelled here (ID-28). */
export const mfw101: Personality = {
  ...mfw100,
  name: '1.0.1',
  firmware: 'mfw_nrf9160_1.0.1',
  firmwareUuid: '7b3f1c52-0101-4a8e-9c41-5d2e6f0a1b01',
}
