import { sha256Hex } from '../pki/index.ts'
import { type Bytes, bySlot, concatBytes, type Slot, slotKey, utf8 } from '../terms/index.ts'
import { type Personality, placeholderDigest, type StoredItem } from './personality.ts'

/** The credential memory of one virtual modem. */
export class CredentialStore {
  readonly #personality: Personality
  readonly #seed: string
  readonly #items = new Map<string, StoredItem>()
  /** How often each slot was written or deleted: flash wears. */
  readonly writes = new Map<string, number>()

  constructor(personality: Personality, seed: string) {
    this.#personality = personality
    this.#seed = seed
    for (const { tag, type, digest } of personality.factoryEntries) {
      this.#items.set(slotKey({ tag, type }), { tag, type, content: utf8(digest), origin: 'factory' })
    }
  }

  /** Everything in it, in the order of a listing: by tag, then type. */
  items(): StoredItem[] {
    return [...this.#items.values()].sort(bySlot)
  }

  get(slot: Slot): StoredItem | undefined {
    return this.#items.get(slotKey(slot))
  }

  /** Whether so many more bytes fit beside what is there, `slot` replaced. */
  fits(slot: Slot, bytes: number): boolean {
    const others = this.items().filter((item) => slotKey(item) !== slotKey(slot) && item.origin !== 'factory')
    return others.reduce((sum, item) => sum + item.content.length, bytes) <= this.#personality.storeBytes
  }

  put(slot: Slot, content: Bytes, origin: 'written' | 'born' = 'written'): void {
    this.#count(slot)
    this.#items.set(slotKey(slot), { tag: slot.tag, type: slot.type, content, origin })
  }

  delete(slot: Slot): void {
    this.#count(slot)
    this.#items.delete(slotKey(slot))
  }

  /** What power events do: the user's items of a tag are gone, and nobody was told. */
  lose(tag: number): void {
    for (const item of this.items()) {
      if (item.tag === tag && item.origin !== 'factory') this.#items.delete(slotKey(item))
    }
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
}
