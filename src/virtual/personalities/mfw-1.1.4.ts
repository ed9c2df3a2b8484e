import type { Personality } from '../personality.ts'
import { mfw101 } from './mfw-1.0.1.ts'

/** For the 1.1 line, which has `%XPOFWARN` from 1.1.3 on (ID-29, ID-39). */
export const mfw114: Personality = {
  ...mfw101,
  name: '1.1.4',
  firmware: 'mfw_nrf9160_1.1.4',
  firmwareUuid: '7b3f1c52-0114-4a8e-9c41-5d2e6f0a1b14',
}
