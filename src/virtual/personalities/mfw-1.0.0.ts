import type { Personality } from '../personality.ts'
import { b0a, b1a } from './chips.ts'

/** The firmware of the founding case: placeholder digests, no check of content, no guard of the supply (ID-28, ID-34 to ID-45). */
export const mfw100: Personality = {
  ...b0a,
  otherHardware: [b1a],
  name: '1.0.0',
  firmware: 'mfw_nrf9160_1.0.0',
  digests: 'placeholder',
  checksContent: false,
  guardsSupply: false,
  guardsReads: false,
  checksPsk: false,
  checksPassword: false,
  checkOrder: [514, 518, 528, 513],
  overwrite: 'replace',
  readable: [0, 4],
  moreTypes: [],
  developerTags: false,
  deviceUuid: false,
  claimToken: false,
  firmwareUuid: '7b3f1c52-0100-4a8e-9c41-5d2e6f0a1b01',
  functionalModes: [0, 1, 4, 20, 21, 30, 31, 40, 41, 44],
  listsReceiveOnly: false,
  verboseErrors: false,
  quotesPin: false,
  sessionCache: false,
  factoryEntries: [],
  storeBytes: 65_536,
  writeTakes: 60,
  factoryResetErases: false,
  memory: 'careless',
}
