import { type Outcome, ok } from '../terms/index.ts'
import { type FlashImage, flashOf, nrf91Uicr } from './flash.ts'
import type { Chip, Lack, Probe, Stretch, ToolRefusal } from './tool.ts'

/** What stands in UICR.APPROTECT and UICR.SECUREAPPROTECT where a port is to stay open (PROBE-17, PROBE-18). */
const openForGood = 0x50fa_50fa
const erased = 0xffff_ffff

/** Both words: APPROTECT is the first of UICR, SECUREAPPROTECT the one at 0x2C. */
const words: Stretch = { from: nrf91Uicr.from, to: nrf91Uicr.from + 0x30 }

/** Whether an application comes with words for UICR that close the port from its first start on. */
export function locksPort(application: FlashImage): boolean {
  return [words.from, words.to - 4].some((at) => {
    const bytes = flashOf(application, { from: at, to: at + 4 })
    const word = new DataView(bytes.buffer).getUint32(0, true)
    return word !== erased && word !== openForGood
  })
}

/** Looks whether a chip that is open now is open after its next reset too: a writer behind a closed port keeps the key there. */
export async function withAccess(probe: Probe, chip: Chip): Promise<Outcome<Chip, ToolRefusal>> {
  if (chip.access === 'locked') return ok(chip)
  const read = await probe.read(words)
  if (!read.ok) return read
  const view = new DataView(read.value.buffer, read.value.byteOffset)
  const [all, secure] = [view.getUint32(0, true), view.getUint32(0x2c, true)]
  const open = chip.hardened === true ? openForGood : erased
  return ok({ ...chip, access: all === open && secure === open ? 'open' : 'closing' })
}

/** What is in the way of unlocking a chip so that it stays open; looked for before anything is erased. */
export function lackAt(chip: Chip, lacks: readonly Lack[], runsOn: (part: string) => boolean): Lack | undefined {
  // A chip that does not say what it is can only be used if it is one that the writer is for.
  const hardened = chip.hardened ?? !runsOn('nRF9160')
  return hardened ? lacks.find(({ cannot }) => cannot === 'keep-open') : undefined
}
