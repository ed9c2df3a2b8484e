import type { Personality } from '../personality.ts'
import { mfw114 } from './mfw-1.1.4.ts'

/** For the 1.2 line, where `%XMONITOR` has one more field (ID-30, MODE-37). */
export const mfw123: Personality = {
  ...mfw114,
  name: '1.2.3',
  firmware: 'mfw_nrf9160_1.2.3',
  firmwareUuid: '7b3f1c52-0123-4a8e-9c41-5d2e6f0a1b23',
}
