import type { Personality } from '../personality.ts'
import { nrf9151, nrf9161 } from './chips.ts'
import { mfw137 } from './mfw-1.3.7.ts'

/** nRF91x1: developer tags, `%DEVICEUUID` and mode 2; content is not checked yet (ID-32, ID-41, ID-43 to ID-45). */
export const mfw200: Personality = {
  ...mfw137,
  name: '2.0.0',
  firmware: 'mfw_nrf91x1_2.0.0',
  firmwareUuid: '7b3f1c52-0200-4a8e-9c41-5d2e6f0a1b00',
  ...nrf9151,
  otherHardware: [nrf9161],
  developerTags: true,
  deviceUuid: true,
  functionalModes: [0, 1, 2, 4, 20, 21, 30, 31, 40, 41, 44],
}
