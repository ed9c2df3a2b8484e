/** A point in time: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

/** Time as an argument: real in the edges, virtual in tests. */
export interface Clock {
  now(this: void): Instant
  /** Resolves after `ms`; rejects with the signal's reason when aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** `2026-11-22T06:55:00Z`: UTC, ISO 8601, seconds (house rule 9). */
export function isoTime(instant: Instant): string {
  return new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z')
}

/** `in 23 days`, `3 hours ago`: the nearer words for a distance in time. */
export function relativeTime(instant: Instant, now: Instant): string {
  const seconds = Math.round(Math.abs(instant - now) / 1000)
  const steps: [number, string][] = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ]
  const [size, unit] = steps.find(([size]) => seconds >= size) ?? [1, 'second']
  const count = Math.floor(seconds / size)
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`
  return instant >= now ? `in ${words}` : `${words} ago`
}
