import type { Personality } from '../personality.ts'

/** The firmware of the founding case: placeholder digests, no check of content, no guard of the supply (ID-28, ID-34 to ID-45). */
export const mfw100: Personality = {
  name: '1.0.0',
  firmware: 'mfw_nrf9160_1.0.0',
  model: 'nRF9160-SICA',
  hardware: 'nRF9160 SICA B0A',
  digests: 'placeholder',
  checksContent: false,
  guardsSupply: false,
  overwrite: 'replace',
  readable: [0, 4],
  developerTags: false,
  deviceUuid: false,
  deviceType: 3,
  firmwareUuid: '7b3f1c52-0100-4a8e-9c41-5d2e6f0a1b01',
  functionalModes: [0, 1, 4, 20, 21, 30, 31, 40, 41, 44],
  factoryEntries: [],
  storeBytes: 65_536,
  writeTakes: 60,
}
