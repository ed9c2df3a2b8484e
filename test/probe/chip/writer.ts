import { commands, commandText, finalOf, splitLines } from '../../../src/at/index.ts'
import { bytesOf, byteText, type Bytes } from '../../../src/terms/index.ts'
import type { VirtualModem } from '../../../src/virtual/index.ts'

/** Flash as a program on the chip sees it. */
export interface ProgramFlash {
  read(from: number, to: number): Uint8Array
  /** Programs whole words, as the chip does: bits are only cleared. */
  program(at: number, bytes: Uint8Array): void
}

// PROBE-01: the mark is at 0, behind it result, IMEI with one byte behind it, count.
const resultAt = 4
const imeiAt = 8
const imeiBytes = 15
const countAt = 24
const firstAt = 25
const blank = 0xffff_ffff

/** ERR-103, ERR-105, ERR-97, ERR-102, CME-24, CME-25: what `modem_key_mgmt` of NCS 1.2 makes of a refusal. */
const errno: Record<number, number> = { 513: -2, 514: -1, 515: -12, 518: -13 }
const untranslated = 0xbaadbaad | 0

/**
 * What the open writer does when it runs (PROBE-04 to PROBE-06), against a modem. It asks nothing about the mark in front, as
 * the open one does not, but where there is none there is no count either.
 */
export function runWriter(flash: ProgramFlash, page: number, modem: VirtualModem): void {
  if (ask(modem, 'AT+CFUN=0') !== 0) return
  const imei = /^\d{15}$/m.exec(modem.execute('AT+CGSN').text)?.[0]
  if (imei === undefined || !writeOver(flash, page + imeiAt, bytesOf(imei))) return
  const result = writeAll(flash, page, modem)
  if (result !== undefined) flash.program(page + resultAt, words(result))
}

function writeAll(flash: ProgramFlash, page: number, modem: VirtualModem): number | undefined {
  const head = new DataView(Uint8Array.from(flash.read(page, page + firstAt)).buffer)
  const count = head.getUint8(countAt)
  if (head.getUint32(resultAt, true) !== blank || count === 0xff) return undefined
  let at = page + firstAt
  for (let item = 0; item < count; item++) {
    const { tag, type, content } = itemAt(flash, at)
    const code = ask(modem, commandText(commands.cmngWrite, { tag, type, content }))
    if (code !== 0) return code
    at += 7 + content.length
  }
  return 0
}

function itemAt(flash: ProgramFlash, at: number): { tag: number; type: number; content: Bytes } {
  const head = new DataView(Uint8Array.from(flash.read(at, at + 7)).buffer)
  const length = head.getUint16(5, true)
  // TOOL-18: as a C string, up to its first NUL.
  const content = byteText(flash.read(at + 7, at + 7 + length)).split('\0')[0] ?? ''
  return { tag: head.getUint32(0, true), type: head.getUint8(4), content: bytesOf(content) }
}

/** 0, or the number that the library returns. */
function ask(modem: VirtualModem, command: string): number {
  modem.execute('AT+CMEE=1')
  const { text } = modem.execute(command)
  const outcome = finalOf(splitLines(text).at(-1) ?? '')
  if (outcome?.ok === true) return 0
  const code = outcome?.refusal.kind === 'cme' ? outcome.refusal.code : undefined
  return (code === undefined ? undefined : errno[code]) ?? untranslated
}

/** Only where every bit that is wanted is still there. */
function writeOver(flash: ProgramFlash, at: number, bytes: Bytes): boolean {
  const there = flash.read(at, at + bytes.length)
  if (bytes.some((byte, index) => ((there[index] ?? 0) & byte) !== byte)) return false
  flash.program(at, bytes.subarray(0, imeiBytes))
  return true
}

function words(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setInt32(0, value, true)
  return bytes
}
