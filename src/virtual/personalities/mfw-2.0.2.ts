import type { Personality } from '../personality.ts'
import { factoryEntries } from './factory-entries.ts'

/** nRF91x1: real digests, keys born inside, content checked (527), writes refused at low supply (528) (ID-32, ID-34 to ID-45). */
export const mfw202: Personality = {
  name: '2.0.2',
  firmware: 'mfw_nrf91x1_2.0.2',
  model: 'nRF9151-LACA',
  hardware: 'nRF9151 LACA A0A',
  digests: 'real',
  checksContent: true,
  guardsSupply: true,
  overwrite: 'replace',
  readable: [0, 4],
  developerTags: true,
  deviceUuid: true,
  bornKeys: { nullParameter: true, signs: 'payload', overwrite: 'error519', takes: 300 },
  deviceType: 6,
  firmwareUuid: '7b3f1c52-0202-4a8e-9c41-5d2e6f0a1b03',
  functionalModes: [0, 1, 2, 4, 20, 21, 30, 31, 40, 41, 44],
  factoryEntries,
  storeBytes: 65_536,
  writeTakes: 60,
  memory: 'journalled',
}
