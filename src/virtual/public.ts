/**
 * What `sectag/virtual` offers to other people's programs: virtual nRF91 modems, in Node and in a browser. How to use it:
 * docs/guide/modem-in-your-ci.md. Names are added here, and none is taken away without a major version.
 */
export type { Port, PortInfo } from '../at/index.ts'
export { memoryCable } from '../at/index.ts'
export type { Bytes, Clock, Instant, Slot, VirtualClock } from '../terms/index.ts'
export { virtualClock } from '../terms/index.ts'
export {
  AtHost,
  faultKinds,
  isMemoryImage,
  memoryModels,
  parseFault,
  personalities,
  personality,
  putFault,
  VirtualModem,
} from './index.ts'
export type {
  CredentialStore,
  Fault,
  FaultKind,
  FaultOrder,
  MemoryKind,
  MemoryModel,
  MemoryOptions,
  Personality,
  PutFault,
  Reply,
  ServeOptions,
  StoredItem,
  VirtualIdentity,
  VirtualModemOptions,
  VirtualState,
} from './index.ts'
