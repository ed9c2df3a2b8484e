import type { Personality } from '../personality.ts'
import { mfw200 } from './mfw-2.0.0.ts'

/** Types 0 and 1 must be certificates (527) (ID-41). */
export const mfw202: Personality = {
  ...mfw200,
  name: '2.0.2',
  firmware: 'mfw_nrf91x1_2.0.2',
  firmwareUuid: '7b3f1c52-0202-4a8e-9c41-5d2e6f0a1b02',
  checksContent: true,
  memory: 'journalled',
}
