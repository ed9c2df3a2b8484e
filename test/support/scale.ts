/** The one knob for large counts: 1 is the full figure; CI and `npm test` run about 2 %. */
export const scale = Number(process.env['SECTAG_SCALE'] ?? 0.02)

/** So many of `full`, at least `least`. */
export function scaled(full: number, least = 1): number {
  return Math.max(least, Math.round(full * scale))
}

/** Every n-th of a list, so that about `scale` of it remains, always with its first and last. */
export function sampled<T>(all: readonly T[], least = 8): T[] {
  const wanted = Math.min(all.length, scaled(all.length, least))
  if (wanted >= all.length) return [...all]
  const picks = Array.from({ length: wanted }, (_, index) =>
    Math.round((index * (all.length - 1)) / Math.max(1, wanted - 1)),
  )
  return [...new Set(picks)].map((index) => all[index] as T)
}
