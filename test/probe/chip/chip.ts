import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bytes, Clock } from '../../../src/terms/index.ts'
import type { Personality, VirtualModem } from '../../../src/virtual/index.ts'
import { byPage, NorFlash, pageBytes } from './nor.ts'
import type { OwnWriter } from './own-writer.ts'
import { type Program, programIn } from './programs.ts'

/** Where things are in an nRF91 (PROBE-12 to PROBE-14). */
export const map = { flash: 0x10_0000, ficr: 0xff_0000, uicr: 0xff_8000, secure: 0xff_802c } as const
const unprotected = 0x50fa_50fa

/** How a simulated chip is made. Everything is kept in files of its folder, so that several processes can be at it. */
export interface ChipOrder {
  /** Default `nRF9160`. */
  readonly part?: 'nRF9160' | 'nRF9161' | 'nRF9151'
  /** Whether its port is protected from the beginning. */
  readonly locked?: boolean
  /** Whether its port locks itself at each reset unless UICR says otherwise (PROBE-17). Default: as the part has it. */
  readonly hardened?: boolean
  /** Which program, where the lock is hardened, lets the port close although UICR would have it open (PROBE-53). */
  readonly closes?: 'writer' | 'application'
  /** Whether J-Link erases it where it is asked for by its name and locked: nobody knows (PROBE-37). Default: no. */
  readonly jlinkErases?: boolean
  /** Its modem: firmware line and who it is. */
  readonly mfw?: string
  readonly seed?: string
  readonly index?: number
  readonly switches?: Partial<Personality>
  /** So many calls of a tool go by before a writer that runs has done its work; `never` for one that hangs. Default 0. */
  readonly writerTakes?: number | 'never'
  /** The modem's no to what the writer asks: `+CME ERROR` with this number to its n-th item, to `AT+CFUN=0` or to `AT+CGSN`. */
  readonly refuses?: { readonly at: number | 'CFUN' | 'CGSN'; readonly code: number }
  /** A writer of ours on it: the program that was compiled of its C source, and what the modem answers, in that program's words. */
  readonly own?: OwnWriter
  /** Its own number, hexadecimal (PROBE-50). Default: drawn for each chip. */
  readonly id?: string
  /** An address at which flash keeps a bit however often it is erased. */
  readonly worn?: number
  /** Whether the chip has no power. */
  readonly dead?: boolean
}

interface State extends ChipOrder {
  readonly part: 'nRF9160' | 'nRF9161' | 'nRF9151'
  readonly hardened: boolean
  /** Whether the port is closed now: decided at reset. */
  readonly closed: boolean
  /** Calls until the writer that runs has done its work. */
  readonly pending?: number
  readonly running: boolean
}

/** Makes one in a folder of its own. */
export function makeChip(folder: string, order: ChipOrder = {}): SimulatedChip {
  mkdirSync(folder, { recursive: true })
  const part = order.part ?? 'nRF9160'
  const hardened = order.hardened ?? part !== 'nRF9160'
  const id = order.id ?? randomBytes(8).toString('hex')
  put(folder, { ...order, id, part, hardened, closed: order.locked === true, running: false })
  const chip = new SimulatedChip(folder)
  chip.flash.create()
  chip.uicr.create()
  if (order.locked === true) chip.uicr.program(map.uicr, new Uint8Array(4))
  else if (hardened) chip.sayUnprotected()
  return chip
}

function put(folder: string, state: State): void {
  const path = join(folder, `chip.json.${process.pid}`)
  writeFileSync(path, JSON.stringify(state))
  renameSync(path, join(folder, 'chip.json'))
}

/** An nRF91 as far as a debug probe meets it: flash, UICR, FICR, a lock, and what runs after a reset. Its state is in files. */
export class SimulatedChip {
  readonly folder: string
  readonly flash: NorFlash
  readonly uicr: NorFlash

  constructor(folder: string) {
    this.folder = folder
    this.flash = new NorFlash(join(folder, 'flash.bin'), 0, map.flash, this.state.worn)
    this.uicr = new NorFlash(join(folder, 'uicr.bin'), map.uicr, map.uicr + pageBytes)
  }

  get state(): State {
    return JSON.parse(readFileSync(join(this.folder, 'chip.json'), 'utf8')) as State
  }

  /** Changes what it is; tests only. */
  change(change: Partial<State>): void {
    put(this.folder, { ...this.state, ...change })
  }

  /** What it would run. */
  get program(): Program {
    return programIn(this.flash.read(0, 0x200))
  }

  /** Memory as a probe reads it; undefined where there is none. Whoever asks has looked at the lock. */
  read(from: number, to: number): Uint8Array | undefined {
    if (to <= map.flash) return this.flash.read(from, to)
    if (from >= map.uicr && to <= this.uicr.to) return this.uicr.read(from, to)
    if (from >= map.ficr && to <= map.ficr + pageBytes) return ficr(this.state).slice(from - map.ficr, to - map.ficr)
    return undefined
  }

  /** Pages that an image touches, each erased and programmed; UICR cannot be erased so, bits are only cleared there. */
  *load(runs: readonly { at: number; bytes: Uint8Array }[], erase: boolean): Generator<number> {
    for (const [at, bytes] of byPage(runs)) {
      const memory = this.#memoryAt(at)
      if (erase && memory === this.flash) memory.erasePage(at)
      memory.program(at, bytes)
      yield at
    }
  }

  /** Erases pages from the one with `from` in it up to `to`. */
  *erase(from: number, to: number): Generator<number> {
    for (let at = from - (from % pageBytes); at < to; at += pageBytes) {
      this.#memoryAt(at).erasePage(at)
      yield at
    }
  }

  /** CTRL-AP's ERASEALL: flash, UICR, and with that the lock. The modem keeps its own (PROBE-16). */
  eraseAll(): void {
    this.flash.create()
    this.uicr.create()
    this.change({ closed: false, running: false })
  }

  /** What some tools write after they have unlocked a chip that would lock itself again (PROBE-18). */
  sayUnprotected(): void {
    const word = new Uint8Array(4)
    new DataView(word.buffer).setUint32(0, unprotected, true)
    this.uicr.program(map.uicr, word)
    this.uicr.program(map.secure, word)
  }

  /** The core stands still. */
  halt(): void {
    const { pending: _, ...rest } = this.state
    put(this.folder, { ...rest, running: false })
  }

  /** A reset: the lock is decided anew, then what lies in flash runs. */
  async reset(): Promise<void> {
    const word = new DataView(Uint8Array.from(this.uicr.read(map.uicr, map.uicr + 4)).buffer).getUint32(0, true)
    const state = this.state
    const closed = state.hardened ? word !== unprotected || !this.#opens() : word !== 0xffff_ffff
    const writes = this.program.is === 'writer' && state.writerTakes !== 'never'
    const pending = state.writerTakes === 'never' ? 0 : (state.writerTakes ?? 0)
    put(this.folder, { ...state, closed, running: true, ...(writes && { pending }) })
    if (writes && pending === 0) await this.#write()
  }

  /** Whether what runs keeps a hardened port open. */
  #opens(): boolean {
    const { is } = this.program
    return is !== 'nothing' && is !== this.state.closes
  }

  /** Time goes by: a call of some tool has begun. */
  async tick(): Promise<void> {
    const { pending } = this.state
    if (pending === undefined) return
    if (pending > 1) this.change({ pending: pending - 1 })
    else await this.#write()
  }

  /** Its modem, whose memory lies beside the flash. */
  async modem(clock?: Clock): Promise<VirtualModem> {
    // Loaded late: most calls of a tool need no modem, and start faster without one.
    const [{ personality, VirtualModem }, { virtualClock }] = await Promise.all([
      import('../../../src/virtual/index.ts'),
      import('../../../src/terms/index.ts'),
    ])
    const { mfw = '1.3.5', seed = 'chip', index = 0, switches } = this.state
    const line = personality(mfw)
    if (line === undefined) throw new Error(`no personality ${mfw}`)
    const path = join(this.folder, 'modem.img')
    const image: { image?: Bytes } = existsSync(path) ? { image: Uint8Array.from(readFileSync(path)) } : {}
    const keep = (bytes: Bytes): void => {
      writeFileSync(`${path}.${process.pid}`, bytes)
      renameSync(`${path}.${process.pid}`, path)
    }
    const time = clock ?? virtualClock(0, () => Promise.resolve())
    return new VirtualModem({
      personality: { ...line, ...switches },
      clock: time,
      seed,
      index,
      memory: { ...image, keep },
    })
  }

  async #write(): Promise<void> {
    const { pending: _, ...rest } = this.state
    put(this.folder, rest)
    const { program } = this
    if (program.is !== 'writer') return
    const { own, refuses } = this.state
    if (own !== undefined) {
      const { runOwnWriter } = await import('./own-writer.ts')
      return runOwnWriter(this, program.page, own)
    }
    const modem = await this.modem()
    if (refuses !== undefined) refuse(modem, refuses)
    const { runWriter } = await import('./writer.ts')
    runWriter(this.flash, program.page, modem)
  }

  #memoryAt(at: number): NorFlash {
    const memory = [this.flash, this.uicr].find((one) => one.has(at))
    if (memory === undefined) throw new RangeError(`there is no flash at 0x${at.toString(16)}`)
    return memory
  }
}

/** The modem says no to the n-th item, or to another question of the writer. */
function refuse(modem: VirtualModem, { at, code }: NonNullable<ChipOrder['refuses']>): void {
  let items = 0
  modem.inFront((text, answer) => {
    const now = text.startsWith('AT%CMNG=0,') ? items++ : text.slice(3, 7)
    return now === at ? { text: `\r\n+CME ERROR: ${code}\r\n`, takesMs: 0 } : answer()
  })
}

/** Part, revision, variant, page size and number of pages (PROBE-13). */
function ficr({ part, id, hardened }: State): Uint8Array {
  const bytes = new Uint8Array(pageBytes).fill(0xff)
  const view = new DataView(bytes.buffer)
  view.setUint32(0x140, Number.parseInt(part.slice(3), 16), true)
  // PROBE-51: an nRF9160 of a third revision, which nobody has described, is called as the two before it.
  bytes.set(Buffer.from(part === 'nRF9160' && hardened ? 'B2A0SICA' : 'B1A0SICA'), 0x144)
  bytes.set(Buffer.from(id ?? '', 'hex'), 0x204)
  view.setUint32(0x220, pageBytes, true)
  view.setUint32(0x224, map.flash / pageBytes, true)
  return bytes
}
