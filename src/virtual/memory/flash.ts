import { type Bytes, concatBytes, sameBytes, utf8 } from '../../terms/index.ts'

/** The first bytes of a memory image: what it is, and the version of its form. */
const mark = utf8('SECTAG1\n')

/** One bank: what was programmed of it so far. Behind that it reads as erased, 0xFF. */
interface Bank {
  bytes: Bytes
  used: number
}

/**
 * Two banks of flash whose power can go after any byte. A byte that was programmed stays; one that was not reads 0xFF.
 * Nothing is set aside for what was never written, so that thousands of modems fit into one process.
 */
export class Flash {
  readonly #banks: readonly [Bank, Bank]
  /** Bytes that can still be programmed before the power goes. */
  #left = Number.POSITIVE_INFINITY

  /** @param image what `image()` gave; throws RangeError where it is none */
  constructor(image?: Bytes) {
    this.#banks = image === undefined ? [emptyBank(), emptyBank()] : banksOf(image)
  }

  /** Whether the power is gone. */
  get off(): boolean {
    return this.#left === 0
  }

  /** The power goes when so many more bytes are programmed; erasing a bank counts as one. 0 is now. */
  cutAfter(bytes: number): void {
    this.#left = bytes
  }

  /** Power again. */
  powerUp(): void {
    this.#left = Number.POSITIVE_INFINITY
  }

  /** What was programmed of a bank. */
  read(bank: 0 | 1): Bytes {
    const { bytes, used } = this.#banks[bank]
    return bytes.subarray(0, used)
  }

  /** Programs bytes at a place; as many of them as the power lasts for. */
  program(bank: 0 | 1, at: number, bytes: Bytes): void {
    const lasting = Math.min(bytes.length, this.#left)
    this.#left -= lasting
    if (lasting === 0) return
    const target = this.#banks[bank]
    makeRoom(target, at + lasting)
    target.bytes.set(bytes.subarray(0, lasting), at)
    target.used = Math.max(target.used, at + lasting)
  }

  /** Erases a bank. */
  erase(bank: 0 | 1): void {
    if (this.off) return
    this.#left--
    Object.assign(this.#banks[bank], emptyBank())
  }

  /** All of it, to be kept in a file. It holds private keys. */
  image(): Bytes {
    return concatBytes([
      mark,
      ...([0, 1] as const).flatMap((bank) => [uint32(this.read(bank).length), this.read(bank)]),
    ])
  }
}

function emptyBank(): Bank {
  return { bytes: new Uint8Array(), used: 0 }
}

/** What is added reads as erased until it is programmed. */
function makeRoom(bank: Bank, size: number): void {
  if (size <= bank.bytes.length) return
  const larger = new Uint8Array(Math.max(size, Math.ceil(bank.bytes.length * 1.5))).fill(0xff)
  larger.set(bank.bytes.subarray(0, bank.used))
  bank.bytes = larger
}

function banksOf(image: Bytes): [Bank, Bank] {
  const [first, second] = sectionsOf(image)
  if (first === undefined || second === undefined) throw new RangeError('this is no memory image')
  return [bankOf(first), bankOf(second)]
}

function bankOf(section: Bytes): Bank {
  return { bytes: section.slice(), used: section.length }
}

/** The two banks of an image, and whose it is where that stands behind them; nothing where it is no image. */
export function sectionsOf(image: Bytes): readonly Bytes[] {
  if (!sameBytes(image.subarray(0, mark.length), mark)) return []
  const sections: Bytes[] = []
  let at = mark.length
  while (at < image.length) {
    const end = at + 4 + (at + 4 > image.length ? 0 : new DataView(image.buffer, image.byteOffset).getUint32(at))
    if (end > image.length) return []
    sections.push(image.subarray(at + 4, end))
    at = end
  }
  return sections.length > 3 ? [] : sections
}

/** The image of a memory that nothing was ever written to. */
export function emptyMemory(): Bytes {
  return new Flash().image()
}

/** Whether these bytes are what a memory was kept as. */
export function isMemoryImage(bytes: Bytes): boolean {
  try {
    banksOf(bytes)
    return true
  } catch {
    return false
  }
}

/** Four octets, most significant first. */
export function uint32(value: number): Bytes {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
}
