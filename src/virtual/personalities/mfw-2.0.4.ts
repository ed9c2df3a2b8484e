import type { Personality } from '../personality.ts'
import { mfw202 } from './mfw-2.0.2.ts'

/** The last of the nRF91x1 lines that is known. No source says what differs from 2.0.2 in what is modelled here (ID-32). */
export const mfw204: Personality = {
  ...mfw202,
  name: '2.0.4',
  firmware: 'mfw_nrf91x1_2.0.4',
  firmwareUuid: '7b3f1c52-0204-4a8e-9c41-5d2e6f0a1b04',
}
