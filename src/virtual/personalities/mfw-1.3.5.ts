import type { Personality } from '../personality.ts'
import { factoryEntries } from './factory-entries.ts'

/**
 * nRF9160 from 1.3.2 on: real digests, keys born inside, factory entries, writes refused at low supply (528); content is
 * not checked, and `%DEVICEUUID` is not there (ID-31, ID-34 to ID-45). The revision is the second, B1A (ID-52).
 */
export const mfw135: Personality = {
  name: '1.3.5',
  firmware: 'mfw_nrf9160_1.3.5',
  model: 'nRF9160-SICA',
  hardware: 'nRF9160 SICA B1A',
  digests: 'real',
  checksContent: false,
  guardsSupply: true,
  overwrite: 'replace',
  readable: [0, 4],
  developerTags: false,
  deviceUuid: false,
  bornKeys: { nullParameter: true, signs: 'payload', overwrite: 'error519', takes: 300 },
  deviceType: 3,
  firmwareUuid: '7b3f1c52-0135-4a8e-9c41-5d2e6f0a1b02',
  functionalModes: [0, 1, 4, 20, 21, 30, 31, 40, 41, 44],
  factoryEntries,
  storeBytes: 65_536,
  writeTakes: 60,
}
