import { brokerSigns } from './broker.ts'
import { networkSigns } from './network.ts'
import { platformSigns } from './platform.ts'
import { storeSigns } from './store.ts'
import { tlsSigns } from './tls.ts'

/** Every table of signs, in the order in which they are looked through. */
export const tables = [storeSigns, tlsSigns, brokerSigns, networkSigns, platformSigns] as const

/** The name of a sign. */
export type Sign =
  | keyof typeof storeSigns.signs
  | keyof typeof tlsSigns.signs
  | keyof typeof brokerSigns.signs
  | keyof typeof networkSigns.signs
  | keyof typeof platformSigns.signs
