import type { Instant } from '../../terms/index.ts'
import type { Member } from './member.ts'
import { manifestOf } from './provision.ts'
import type { Said } from './sectag.ts'
import type { Stage } from './stage.ts'

/** Milliseconds after which a board that neither connected nor gave up is looked at as it is. */
const longest = 60_000

/** Waits until the broker saw a session of this client since then, or the board's light says that it gave up. Proves nothing. */
export async function settles(stage: Stage, member: Member, since: Instant): Promise<void> {
  const over = new AbortController()
  const { clock, signal } = stage.context
  const stop = AbortSignal.any([signal, over.signal])
  const id = member.board.options.clientId
  const came = [stage.broker, stage.elsewhere].map((broker) =>
    broker.saw((seen) => seen.at >= since && seen.clientId === id && seen.session !== undefined, stop),
  )
  const all = [...came, member.board.shows('error', stop), clock.sleep(longest, stop)].map((one) => one.catch(() => {}))
  await Promise.race(all)
  over.abort()
  await Promise.all(all)
}

/** Whether the broker's witness proves a board, as `sectag verify --proof session` says it. */
export async function isProven(stage: Stage, member: Member): Promise<{ proven: boolean; said: Said }> {
  const said = await stage.sectag(['verify', '--port', member.port, manifestOf(member), '--proof', 'session'])
  return { proven: said.exit === 0 && said.result['verdict'] === 'PASS', said }
}
