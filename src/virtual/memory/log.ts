import { type Bytes, concatBytes, type Slot, slotKey } from '../../terms/index.ts'
import { type Flash, uint32 } from './flash.ts'
import type { MemoryModel } from './model.ts'
import { checkLength, crc32, formatRecord, readRecords, type RecordKind, recordOverhead } from './record.ts'

/** An item as the log holds it. */
export interface LoggedItem {
  readonly slot: Slot
  readonly origin: 'written' | 'born'
  readonly content: Bytes
  /** Where its content begins in the bank. */
  readonly at: number
}

/** A bank begins with its generation and a checksum; the highest generation that is whole is the one that counts. */
const headLength = 8

/**
 * Items as records one behind the other, the last of a slot counting. A bank that is full is tidied up: what still counts
 * is written anew, and what was written last goes first. Everything that is known comes from the bytes: `mount` reads it.
 */
export class ItemLog {
  readonly #flash: Flash
  readonly #model: MemoryModel
  /** Bytes of one bank. */
  readonly #size: number
  readonly #items = new Map<string, LoggedItem>()
  #bank: 0 | 1 = 0
  #generation = 0
  #end = headLength

  constructor(flash: Flash, model: MemoryModel, size: number) {
    this.#flash = flash
    this.#model = model
    this.#size = size
    this.mount()
  }

  /** What counts, by slot, oldest first. */
  get items(): ReadonlyMap<string, LoggedItem> {
    return this.#items
  }

  /** Reads the bytes, as a modem does when it starts. */
  mount(): void {
    this.#items.clear()
    const generations = ([0, 1] as const).map((bank) => generationOf(this.#flash.read(bank)))
    const [first = 0, second = 0] = generations
    this.#bank = second > first ? 1 : 0
    this.#generation = Math.max(first, second)
    if (this.#generation === 0) return this.#begin(0, 1)
    const bytes = this.#flash.read(this.#bank)
    this.#end = Math.max(headLength, bytes.length)
    for (const { kind, slot, content, whole, at, end } of readRecords(bytes, headLength)) {
      this.#end = Math.max(this.#end, end)
      if (whole || !this.#model.checksContent) this.#count(slot, kind, content, at)
    }
  }

  /** Whether a new item of so many bytes finds room, tidied up. */
  hasRoom(bytes: number): boolean {
    const live = [...this.#items.values()].reduce((sum, { content }) => sum + recordOverhead + content.length, 0)
    return headLength + live + 2 * recordOverhead + bytes <= this.#size
  }

  /** Writes an item, in the order that the model has. */
  write(slot: Slot, origin: 'written' | 'born', content: Bytes): void {
    if (this.#model.strikesFirst && this.#items.has(slotKey(slot))) this.strike(slot)
    this.#append(slot, origin, content)
  }

  /** Strikes an item out. */
  strike(slot: Slot): void {
    this.#append(slot, 'struck', new Uint8Array())
  }

  /** Flips the lowest bit of one byte of an item's content, as a worn cell does. */
  damage(slot: Slot, offset: number): void {
    const item = this.#items.get(slotKey(slot))
    const byte = item?.content[offset]
    if (item === undefined || byte === undefined) return
    this.#flash.program(this.#bank, item.at + offset, Uint8Array.of(byte ^ 1))
    this.mount()
  }

  /** Leaves no room before the bank must be tidied up, as many rewrites do. */
  crowd(): void {
    while (this.#end + recordOverhead <= this.#size) this.#put('struck', { tag: 0, type: 255 }, new Uint8Array())
  }

  #append(slot: Slot, kind: RecordKind, content: Bytes): void {
    if (this.#end + recordOverhead + content.length > this.#size) this.#tidy()
    const at = this.#put(kind, slot, content)
    this.#count(slot, kind, content, at)
  }

  #put(kind: RecordKind, slot: Slot, content: Bytes): number {
    const record = formatRecord(kind, slot, content)
    this.#flash.program(this.#bank, this.#end, record)
    this.#end += record.length
    return this.#end - content.length - checkLength
  }

  #count(slot: Slot, kind: RecordKind, content: Bytes, at: number): void {
    // To the end: what was written last is the last.
    this.#items.delete(slotKey(slot))
    if (kind !== 'struck') this.#items.set(slotKey(slot), { slot, origin: kind, content, at })
  }

  /** A bank begun in the second one counts when its head stands, which is last; in the only one, its head is first. */
  #tidy(): void {
    const live = [...this.#items.values()].reverse()
    const next = this.#model.banks === 1 ? this.#bank : this.#bank === 0 ? 1 : 0
    this.#flash.erase(next)
    if (this.#model.banks === 1) this.#begin(next, this.#generation + 1)
    this.#bank = next
    this.#end = headLength
    this.#items.clear()
    for (const { slot, origin, content } of live) this.#count(slot, origin, content, this.#put(origin, slot, content))
    if (this.#model.banks === 2) this.#writeHead(this.#generation + 1)
  }

  #begin(bank: 0 | 1, generation: number): void {
    this.#bank = bank
    this.#end = headLength
    this.#writeHead(generation)
  }

  #writeHead(generation: number): void {
    this.#generation = generation
    const number = uint32(generation)
    this.#flash.program(this.#bank, 0, concatBytes([number, uint32(crc32(number))]))
  }
}

/** 0 where no head stands, or not all of it. What is erased would fit its checksum: the CRC-32 of four octets 0xFF is 0xFFFFFFFF. */
function generationOf(bank: Bytes): number {
  if (bank.length < headLength) return 0
  const view = new DataView(bank.buffer, bank.byteOffset)
  if (view.getUint32(0) === 0xffff_ffff) return 0
  return view.getUint32(4) === crc32(bank.subarray(0, 4)) ? view.getUint32(0) : 0
}
