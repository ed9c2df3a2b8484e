import type { Hardware } from '../personality.ts'

/** nRF9160 Rev 1 (ID-49). */
export const b0a: Hardware = { chip: 'B0A', model: 'nRF9160-SICA', hardware: 'nRF9160 SICA B0A', deviceType: 3 }
/** nRF9160 Rev 2 (ID-50). */
export const b1a: Hardware = { chip: 'B1A', model: 'nRF9160-SICA', hardware: 'nRF9160 SICA B1A', deviceType: 3 }
/** ID-55 */
export const nrf9151: Hardware = {
  chip: 'nRF9151',
  model: 'nRF9151-LACA',
  hardware: 'nRF9151 LACA A0A',
  deviceType: 6,
}
/** ID-54 */
export const nrf9161: Hardware = {
  chip: 'nRF9161',
  model: 'nRF9161-LACA',
  hardware: 'nRF9161 LACA A0A',
  deviceType: 4,
}
