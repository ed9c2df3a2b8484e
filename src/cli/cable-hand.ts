import type { Pen } from '../modem/index.ts'
import { type Born, type Hand, issuedMaterial, type Material, type Wanted } from '../plan/index.ts'
import { type Outcome, ok, slotKey } from '../terms/index.ts'
import type { Board } from './board.ts'
import type { HomeAuthority } from './ca/open.ts'
import { enrol } from './enrol.ts'
import { heldBy } from './held.ts'
import type { KnownBoard } from './home/known.ts'

/** What intents are carried out with. */
export interface HandTask {
  readonly wanted: readonly Wanted[]
  readonly materials: ReadonlyMap<string, Material>
  /** The authority, where a key is to be born. */
  readonly authority?: HomeAuthority
  readonly known: KnownBoard
}

/** Carries intents out on a cable; a certificate that is issued on the way is material for the write behind it. */
export function cableHand(board: Board, pen: Pen, task: HandTask): Hand {
  const { wanted } = task
  const materials = new Map(task.materials)
  return {
    write(slot) {
      const material = materials.get(slotKey(slot))
      if (material === undefined) throw new Error(`no content for ${slotKey(slot)}`)
      return pen.write(slot, material.content.reveal())
    },
    erase: (slot) => pen.erase(slot),
    enrol: ({ tag }) => enrolInto(materials, { board, pen, task, tag }),
    look: (slot) => heldBy(board, { wanted, materials }, slot),
  }
}

async function enrolInto(
  materials: Map<string, Material>,
  { board, pen, task, tag }: { board: Board; pen: Pen; task: HandTask; tag: number },
): Promise<Outcome<Born>> {
  const { authority, known } = task
  if (authority === undefined) throw new Error('a key was to be born, and no authority is at hand')
  const enrolled = await enrol(board, pen, { tag, authority, known })
  if (!enrolled.ok) return enrolled
  const { material, variants } = issuedMaterial(tag, enrolled.value.chain)
  materials.set(slotKey(material.slot), material)
  return ok({ variants })
}
