import type { Cause } from './cause.ts'
import { causes } from './causes.ts'
import type { Fact } from './facts.ts'
import { learned } from './learned.ts'

/** The odds of a text without traits, and what each trait adds; natural logarithms. */
interface Weights {
  readonly base: number
  readonly of: ReadonlyMap<string, number>
}

const weightsOf: ReadonlyMap<Cause, Weights> = new Map(causes.map(({ cause }) => [cause, parsed(learned[cause])]))
const known: ReadonlySet<string> = new Set([...weightsOf.values()].flatMap(({ of }) => [...of.keys()]))

function parsed(line: string): Weights {
  const [base, ...entries] = line.split(' ')
  const weights = entries.map((entry): [string, number] => {
    const at = entry.lastIndexOf('=')
    return [entry.slice(0, at), Number(entry.slice(at + 1))]
  })
  return { base: Number(base), of: new Map(weights) }
}

/** How much a text is like confirmed cases of each cause. */
export interface Resemblance {
  /** How many traits there are that say something of any cause. */
  readonly traits: number
  /** The share of a cause by likeness alone; all shares together are 1. */
  readonly share: (cause: Cause) => number
  /** The fact that speaks most for a cause. */
  readonly most: (cause: Cause) => Fact | undefined
}

/** Compares the traits of what was heard with what was learned from cases. */
export function resemblanceOf(traits: ReadonlyMap<string, Fact>): Resemblance {
  const heard = [...traits].filter(([trait]) => known.has(trait))
  const chances = new Map([...weightsOf].map(([cause, weights]) => [cause, chanceOf(weights, heard)]))
  const all = [...chances.values()].reduce((sum, chance) => sum + chance, 0)
  return {
    traits: heard.length,
    share: (cause) => (chances.get(cause) ?? 0) / all,
    most: (cause) => {
      const of = weightsOf.get(cause)?.of
      const speaking = heard.filter(([trait]) => (of?.get(trait) ?? 0) > 0)
      return speaking.toSorted(([a], [b]) => (of?.get(b) ?? 0) - (of?.get(a) ?? 0))[0]?.[1]
    },
  }
}

function chanceOf({ base, of }: Weights, heard: readonly (readonly [string, Fact])[]): number {
  const margin = heard.reduce((sum, [trait]) => sum + (of.get(trait) ?? 0), base)
  return 1 / (1 + Math.exp(-margin))
}
