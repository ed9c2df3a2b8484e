import { type Random, seededRandom } from '../../terms/index.ts'
import { type Member, storyTag } from './member.ts'
import type { Stage } from './stage.ts'

/** What really happened to a board. Nobody in the story sees this before the end. */
export type Fate = 'nothing' | 'lost-its-tag' | 'broker-changed-its-ca' | 'sim-died'

/** The hidden truth of a story. */
export type Truth = ReadonlyMap<Member, Fate>

/** The fewest boards that a story needs: three that lose their tag, and two decoys. */
export const fewestBoards = 5
const leastLost = 3

/** Casts the misfortune: at least three boards lose their tag, one is moved to a broker with another CA, one SIM dies. */
export function castFates<M>(members: readonly M[], seed: string): ReadonlyMap<M, Fate> {
  const random = seededRandom(`misfortune ${seed}`)
  const [moved, dead, ...others] = shuffled(members, random)
  const more = random.below(1 + Math.floor((others.length - leastLost) / 4))
  const lost = new Set(others.slice(0, leastLost + more))
  return new Map(
    members.map((member) => {
      if (member === moved) return [member, 'broker-changed-its-ca']
      if (member === dead) return [member, 'sim-died']
      return [member, lost.has(member) ? 'lost-its-tag' : 'nothing']
    }),
  )
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items]
  return items.flatMap(() => left.splice(random.below(left.length), 1))
}

/** Lets it happen: the power goes everywhere, and comes back. */
export async function strike(stage: Stage, truth: Truth): Promise<void> {
  await Promise.all(stage.members.map((member) => member.board.halt()))
  for (const [member, fate] of truth) {
    if (fate === 'lost-its-tag') member.modem.store.lose(storyTag)
    if (fate === 'broker-changed-its-ca') member.place.port = stage.elsewhere.port
    if (fate === 'sim-died') member.network.sim = 'dead'
  }
  await Promise.all(stage.members.map((member) => member.board.boot()))
}
