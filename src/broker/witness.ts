import { type Expected, proves, type Sighting } from './sighting.ts'

/** What came of waiting: the sighting that proves it, or all that were seen and do not. */
export type Waited =
  | { readonly proven: true; readonly sighting: Sighting }
  | { readonly proven: false; readonly seen: readonly Sighting[] }

const mostKept = 100

/** Waits at the broker until a session proves a board; ends unproven when the signal is aborted or nothing more can come. */
export async function waitForProof(
  sightings: AsyncIterable<Sighting>,
  expected: Expected,
  options: { signal: AbortSignal; onSighting?: (sighting: Sighting) => void },
): Promise<Waited> {
  const seen: Sighting[] = []
  const iterator = sightings[Symbol.asyncIterator]()
  const stopped = new Promise<undefined>((resolve) => {
    if (options.signal.aborted) resolve(undefined)
    else options.signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  for (;;) {
    const next = await Promise.race([iterator.next(), stopped])
    if (next === undefined || next.done === true) return { proven: false, seen }
    options.onSighting?.(next.value)
    if (proves(next.value, expected)) return { proven: true, sighting: next.value }
    seen.push(next.value)
    if (seen.length > mostKept) seen.shift()
  }
}
