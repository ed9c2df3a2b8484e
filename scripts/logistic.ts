// Logistic regression with an L1 penalty, by coordinate descent: what a trait says for a cause, with few weights that are not 0.

/** How much a trait says: `base` for a case that has none, and a weight for each column; natural logarithms of odds. */
export interface Weights {
  readonly base: number
  readonly weights: readonly number[]
}

/** Rows are cases, with the columns that they have. `cost`: what a wrong case costs beside a weight; the greater, the more weights. */
export interface Lesson {
  readonly rows: readonly (readonly number[])[]
  readonly columns: number
  readonly cost: number
}

const sweeps = 400
/** No weight moves further in one step, and a step smaller than the second ends it all. */
const step = { most: 1, least: 1e-4 } as const

const odds = (margin: number): number => 1 / (1 + Math.exp(-margin))
const shrunk = (value: number, by: number): number => Math.sign(value) * Math.max(0, Math.abs(value) - by)
const limited = (by: number): number => Math.max(-step.most, Math.min(step.most, by))

/**
 * Learns to tell the cases that are meant from all others. The same lesson gives the same weights.
 *
 * @example learn({ rows: [[0], [0], [1], [1]], columns: 2, cost: 10 }, [true, true, false, false])
 */
export function learn({ rows, columns, cost }: Lesson, isMeant: readonly boolean[]): Weights {
  const having = Array.from({ length: columns }, (_, column) =>
    rows.flatMap((row, at) => (row.includes(column) ? [at] : [])),
  )
  const everywhere = rows.map((_, at) => at)
  const margins = new Float64Array(rows.length)
  const weights = new Float64Array(columns)
  let base = 0

  /** Moves one weight downhill, and says how far. */
  const moved = (cases: readonly number[], weight: number, penalty: number): number => {
    let slope = 0
    let bend = 1e-6
    for (const at of cases) {
      const chance = odds(margins[at] ?? 0)
      slope += chance - (isMeant[at] === true ? 1 : 0)
      bend += chance * (1 - chance)
    }
    const by = limited(shrunk(weight - slope / bend, penalty / bend) - weight)
    for (const at of cases) margins[at] = (margins[at] ?? 0) + by
    return by
  }

  for (let sweep = 0, furthest = 1; sweep < sweeps && furthest > step.least; sweep++) {
    const by = moved(everywhere, base, 0)
    base += by
    furthest = Math.abs(by)
    for (const [column, cases] of having.entries()) {
      const move = moved(cases, weights[column] ?? 0, 1 / cost)
      weights[column] = (weights[column] ?? 0) + move
      furthest = Math.max(furthest, Math.abs(move))
    }
  }
  return { base, weights: [...weights] }
}
