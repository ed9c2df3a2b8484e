import { seededRandom } from '../../terms/index.ts'
import type { VirtualModem } from '../modem.ts'
import { answerFaults } from './answers.ts'
import type { FaultMaker } from './blow.ts'
import { byteFaults } from './bytes.ts'
import { powerFaults } from './power.ts'

const makers = { ...answerFaults, ...byteFaults, ...powerFaults } as const

/** The name of a kind of fault. */
export type FaultKind = keyof typeof makers

/** Every kind of fault with what it does, in a line. */
export const faultKinds: ReadonlyMap<FaultKind, string> = new Map(
  (Object.keys(makers) as FaultKind[]).map((kind) => [kind, makers[kind].doc]),
)

/** Which fault, and where: the same seed strikes the same modem in the same way. */
export interface FaultOrder {
  readonly kind: FaultKind
  readonly seed: string
  /** How many commands it lets pass; without it, the seed says so: less than 24. */
  readonly from?: number
}

/** A fault that was put in front of a modem. */
export interface PutFault {
  /** How often it has struck. */
  readonly struck: number
}

/** Reads `KIND` or `KIND:SEED`; undefined where there is no such kind. */
export function parseFault(text: string): FaultOrder | undefined {
  const [kind = '', ...seed] = text.split(':')
  const known = [...faultKinds.keys()].find((name) => name === kind)
  return known === undefined ? undefined : { kind: known, seed: seed.join(':') }
}

/** Puts a fault in front of a modem. It strikes at the first command that fits, from its place on, as often as its kind does. */
export function putFault(modem: VirtualModem, { kind, seed, from }: FaultOrder): PutFault {
  const maker: FaultMaker = makers[kind]
  const random = seededRandom(`${kind}/${seed}`)
  const place = random.below(24)
  const put = { struck: 0 }
  let passing = from ?? place
  modem.inFront((text, answer) => {
    if (passing-- > 0 || put.struck >= maker.times || maker.fits?.test(text) === false) return answer()
    put.struck++
    return maker.strike({ modem, random, text, answer })
  })
  return put
}
