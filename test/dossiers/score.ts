import type { Judged } from './judge.ts'

/** How often the doctor was right. Shares are between 0 and 1. */
export interface Score {
  readonly n: number
  readonly top1: number
  readonly top3: number
  readonly worst: number
}

export function score(judged: readonly Judged[]): Score {
  const share = (count: number): number => Math.round((count / Math.max(1, judged.length)) * 1000) / 1000
  return {
    n: judged.length,
    top1: share(judged.filter(({ right }) => right).length),
    top3: share(judged.filter(({ among }) => among).length),
    worst: judged.filter(({ worst }) => worst).length,
  }
}

/** For each cause that was acted, what was said of it and how often; the right ones in front. */
export function confusion(judged: readonly Judged[]): string[] {
  const rows = Map.groupBy(judged, ({ dossier }) => dossier.truth)
  return [...rows].map(([truth, all]) => {
    const said = Map.groupBy(all, ({ said: [first] }) => first ?? 'none')
    const cells = [...said].sort((a, b) => b[1].length - a[1].length).map(([slug, list]) => `${slug} ${list.length}`)
    return `${truth.padEnd(36)} ${cells.join(', ')}`
  })
}
