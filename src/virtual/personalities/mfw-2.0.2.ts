import type { Personality } from '../personality.ts'

/** nRF91x1: real digests, content checked (527), writes refused at low supply (528), factory entries (ID-32, ID-34 to ID-45). */
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
  functionalModes: [0, 1, 2, 4, 20, 21, 30, 31, 40, 41, 44],
  factoryEntries: [
    { tag: 4_294_967_292, type: 11, digest: 'device' },
    {
      tag: 4_294_967_293,
      type: 10,
      // CMNG-91: Amazon Root CA 1, LF, last newline.
      digest: '2C43952EE9E000FF2ACC4E2ED0897C0A72AD5FA72C3D934E81741CBD54F05BD1',
    },
    { tag: 4_294_967_294, type: 6, digest: 'device' },
  ],
  storeBytes: 65_536,
  writeTakes: 60,
}
