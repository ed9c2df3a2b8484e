import { type Firmware, type Pairing, pairing } from '../../numbers/index.ts'
import type { Asked } from './asked.ts'

/** A modem firmware, and whether it goes with what was asked about. */
export interface Found {
  readonly candidate: Firmware
  readonly pair: Pairing
}

/** Whether a firmware goes with the chip and the SDK that were asked about. */
export function judged(candidate: Firmware, { revision, sdk }: Asked): Found {
  const hardware = revision === undefined ? {} : { hardware: `${revision.chip} ${revision.code}` }
  return { candidate, pair: pairing({ firmware: candidate, ...hardware, ...(sdk !== undefined && { sdk }) }) }
}
