import type { Clock, Random, Secret } from '../../terms/index.ts'

/** A broker that is to be looked at with a modem's eyes. */
export interface BrokerCheckOrder {
  readonly host: string
  readonly port: number
  /** What boards call it: sent to it, and looked for in its certificate. Left out for boards that set no name (TLS-12). */
  readonly name?: string
  /** PEM of the root CAs that boards hold. */
  readonly roots: string
  /** PEM of further certificates that are known, such as issuing CAs: they tell a chain with a gap from a foreign one. */
  readonly known?: string
  /** A board's certificate or chain and its key, PEM: only with them an MQTT session is tried, with a client id drawn by `random`. */
  readonly client?: { readonly chain: string; readonly key: Secret; readonly random: Random }
  /** A firmware such as `mfw_nrf9160_1.2.3`; left out where every line of them is to enter. */
  readonly firmware?: string
  readonly clock: Clock
  /** Milliseconds for each connection. */
  readonly patience: number
  readonly signal?: AbortSignal
}
