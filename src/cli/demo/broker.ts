import { EmbeddedBroker, type Sighting } from '../../broker/index.ts'
import type { Clock } from '../../terms/index.ts'
import type { Home } from '../home/home.ts'
import { keepSession } from '../home/sessions.ts'

/** A broker of the story and all that it saw. */
export interface StoryBroker {
  readonly host: string
  readonly port: number
  readonly sightings: readonly Sighting[]
  /** Resolves when a sighting, past or to come, is like this; rejects when aborted. */
  saw(like: (sighting: Sighting) => boolean, signal: AbortSignal): Promise<Sighting>
  close(): Promise<void>
}

/** What it serves. PEM texts. */
export interface BrokerFiles {
  readonly serverChain: string
  readonly serverKey: string
  readonly clientRoots: string
}

const host = '127.0.0.1'

/** Starts one on a free port of the loopback. Each session that it sees is kept in the home, as `sectag watch` does. */
export async function startStoryBroker(clock: Clock, home: Home, files: BrokerFiles): Promise<StoryBroker> {
  const broker = await EmbeddedBroker.start({ clock, host, port: 0, ...files })
  const sightings: Sighting[] = []
  const waiting = new Set<() => void>()
  const witnessing = (async () => {
    for await (const sighting of broker.sightings) {
      sightings.push(sighting)
      keepSession(home, sighting, 'embedded')
      for (const look of waiting) look()
    }
  })()
  return {
    host,
    port: broker.port,
    sightings,
    saw: (like, signal) => until(() => sightings.find(like), waiting, signal),
    async close() {
      await broker.close()
      await witnessing
    },
  }
}

/** Waits until something is there, looking again whenever it is woken. */
async function until<T>(look: () => T | undefined, waiting: Set<() => void>, signal: AbortSignal): Promise<T> {
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    signal.throwIfAborted()
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        waiting.delete(wake)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      waiting.add(wake)
      signal.addEventListener('abort', wake, { once: true })
    })
  }
}
