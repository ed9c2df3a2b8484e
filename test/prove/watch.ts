import type { Bytes } from '../../src/terms/index.ts'
import { memoryModelOf, type VirtualModem } from '../../src/virtual/index.ts'
import { heldIn } from '../oracle/memory.ts'

/** The memory as it was shown: what is said of a slot is judged by that, not by what came later. */
export interface Shown {
  /** When it was last listed. */
  readonly listed: Bytes
  /** When a content was last read back. */
  readonly read: Bytes
}

/** What is noticed of a modem from outside sectag. */
export interface Watch {
  /** What was shown last, and last before anything was written, since this was asked before. */
  shown(): { readonly planned: Shown; readonly last: Shown }
  /** Every key that was ever born in the tag, as it stood in the memory then. */
  readonly born: readonly Buffer[]
}

/** Watches a modem: what it shows when, and what keys it makes. */
export function watch(modem: VirtualModem, tag: number): Watch {
  const born: Buffer[] = []
  let last: Shown = { listed: modem.store.image(), read: modem.store.image() }
  let planned = last
  let wrote = false
  modem.inFront((text, answer) => {
    wrote ||= /^AT%(?:CMNG=[03]|KEYGEN)/.test(text)
    const reply = answer()
    if (text.startsWith('AT%CMNG=1')) last = { ...last, listed: modem.store.image() }
    if (text.startsWith('AT%CMNG=2')) last = { ...last, read: modem.store.image() }
    if (text.startsWith('AT%KEYGEN')) born.push(...keyIn(modem, tag))
    if (!wrote) planned = last
    return reply
  })
  return {
    born,
    shown() {
      wrote = false
      return { planned, last }
    },
  }
}

function keyIn({ store, personality }: VirtualModem, tag: number): Buffer[] {
  const key = heldIn(store.image(), memoryModelOf(personality)).get(`${tag}/2`)
  // A copy: the memory goes on.
  return key === undefined ? [] : [Buffer.from(key)]
}
