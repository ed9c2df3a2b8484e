import { sha256Hex } from '../pki/index.ts'
import { type Bytes, bySlot, concatBytes, type Slot, slotKey, utf8 } from '../terms/index.ts'
import { Flash } from './memory/flash.ts'
import { ItemLog, type LoggedItem } from './memory/log.ts'
import { memoryModelOf } from './memory/model.ts'
import { type Personality, placeholderDigest, type StoredItem } from './personality.ts'

/** Where a modem's memory comes from, and who keeps it. */
export interface MemoryOptions {
  /** What an earlier one was kept as. */
  image?: Bytes
  /** Hears what the memory is after each change, torn ones too. It holds private keys. */
  keep?: (image: Bytes) => void
}

/** The credential memory of one virtual modem: what it holds is what its bytes say. */
export class CredentialStore {
  readonly #personality: Personality
  readonly #seed: string
  readonly #factory: ReadonlyMap<string, StoredItem>
  readonly #flash: Flash
  readonly #log: ItemLog
  readonly #keep: ((image: Bytes) => void) | undefined
  /** How often each slot was written or deleted: flash wears. */
  readonly writes = new Map<string, number>()

  constructor(personality: Personality, seed: string, memory: MemoryOptions = {}) {
    this.#personality = personality
    this.#seed = seed
    this.#factory = new Map(
      personality.factoryEntries.map(({ tag, type, digest }) => {
        const item: StoredItem = { tag, type, content: utf8(digest), origin: 'factory' }
        return [slotKey(item), item]
      }),
    )
    this.#flash = new Flash(memory.image)
    // A quarter more than what users may fill (OPEN-07), for what surrounds it.
    this.#log = new ItemLog(this.#flash, memoryModelOf(personality), Math.ceil(personality.storeBytes * 1.25))
    this.#keep = memory.keep
  }

  /** Whether its power is gone: nothing more is written, and what it holds shows at the next `mount`. */
  get off(): boolean {
    return this.#flash.off
  }

  /** Everything in it, in the order of a listing: by tag, then type. */
  items(): StoredItem[] {
    return [...this.#factory.values(), ...[...this.#log.items.values()].map(stored)].sort(bySlot)
  }

  get(slot: Slot): StoredItem | undefined {
    const logged = this.#log.items.get(slotKey(slot))
    return this.#factory.get(slotKey(slot)) ?? (logged === undefined ? undefined : stored(logged))
  }

  /** Whether so many more bytes fit beside what is there, `slot` replaced. */
  fits(slot: Slot, bytes: number): boolean {
    const others = [...this.#log.items.values()].filter((item) => slotKey(item.slot) !== slotKey(slot))
    const content = others.reduce((sum, item) => sum + item.content.length, bytes)
    return content <= this.#personality.storeBytes && this.#log.hasRoom(bytes)
  }

  put(slot: Slot, content: Bytes, origin: 'written' | 'born' = 'written'): void {
    this.#count(slot)
    this.#log.write({ tag: slot.tag, type: slot.type }, origin, content)
    this.#kept()
  }

  delete(slot: Slot): void {
    this.#count(slot)
    this.#log.strike(slot)
    this.#kept()
  }

  /** What power events do: the user's items of a tag are gone, and nobody was told. */
  lose(tag: number): void {
    const gone = [...this.#log.items.values()].filter(({ slot }) => slot.tag === tag)
    for (const { slot } of gone) this.#log.strike(slot)
    this.#kept()
  }

  /** The power goes when so many more bytes are written; 0 is now. */
  cutAfter(bytes: number): void {
    this.#flash.cutAfter(bytes)
  }

  /** Power again: what it holds now follows from its bytes. */
  mount(): void {
    this.#flash.powerUp()
    this.#log.mount()
    this.#kept()
  }

  /** Spoils one byte of an item's content; what the memory makes of that is its model's. */
  damage(slot: Slot, offset: number): void {
    this.#log.damage(slot, offset)
    this.#kept()
  }

  /** Fills the log with what does not count, so that the next write must tidy it up first. */
  crowd(): void {
    this.#log.crowd()
    this.#kept()
  }

  /** Its bytes, as a file may keep them. They hold private keys. */
  image(): Bytes {
    return this.#flash.image()
  }

  /** What a listing prints for an item. The digest covers the stored bytes as they are (DIG-02). */
  digest(item: StoredItem): string {
    if (this.#personality.digests === 'placeholder') return placeholderDigest(item.type)
    if (item.origin === 'written') return sha256Hex(item.content)
    // DIG-07: over an encoding of the modem's own, so nobody can foretell it.
    if (item.origin === 'born') return sha256Hex(concatBytes([utf8(`${this.#seed}/born/`), item.content]))
    const known = this.#personality.factoryEntries.find((entry) => entry.tag === item.tag)?.digest
    return known === undefined || known === 'device' ? sha256Hex(utf8(`${this.#seed}/${slotKey(item)}`)) : known
  }

  #count(slot: Slot): void {
    this.writes.set(slotKey(slot), (this.writes.get(slotKey(slot)) ?? 0) + 1)
  }

  #kept(): void {
    this.#keep?.(this.image())
  }
}

function stored({ slot, content, origin }: LoggedItem): StoredItem {
  return { tag: slot.tag, type: slot.type, content, origin }
}
