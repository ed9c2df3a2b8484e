import { type Held, list, readBack } from '../modem/index.ts'
import { longestChain } from '../numbers/index.ts'
import type { Material, Wanted } from '../plan/index.ts'
import { type Outcome, type Slot, slotKey } from '../terms/index.ts'
import type { Board } from './board.ts'

/** What is wanted, and the texts of it. */
interface Texts {
  readonly wanted: readonly Wanted[]
  readonly materials: ReadonlyMap<string, Material>
}

/**
 * What a board holds. Where its firmware shows no digests, the slots for which there is a text are read back, so that they
 * can be compared all the same; but for texts so long that reading them back has crashed a modem (PEM-35).
 */
export async function heldBy(
  board: Board,
  { wanted, materials }: Texts,
  only: { tag?: number; type?: number } = {},
): Promise<Outcome<Held[]>> {
  const held = await list(board.channel, only)
  if (!held.ok) return held
  const texts = wanted.flatMap(({ tag, type, variants }) =>
    variants !== undefined && isShort(materials, { tag, type })
      ? [{ tag, type, digests: variants.map(({ sha256 }) => sha256) }]
      : [],
  )
  return readBack(board.channel, held.value, texts)
}

function isShort(materials: ReadonlyMap<string, Material>, slot: Slot): boolean {
  return (materials.get(slotKey(slot))?.bytes ?? 0) <= longestChain
}
