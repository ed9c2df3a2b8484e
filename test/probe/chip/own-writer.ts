import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commands, commandText } from '../../../src/at/index.ts'
import { fromHex } from '../../../src/terms/index.ts'
import type { SimulatedChip } from './chip.ts'

/** A writer of ours, compiled for this computer (`test/probe/writer-c`). */
export interface OwnWriter {
  readonly program: string
  /** What its modem answers: `store1=cme:519` is a no to the second item. */
  readonly words: readonly string[]
  /** Bytes of its page that are not as they were programmed: an offset and what is there. */
  readonly spoilt?: readonly [at: number, byte: number]
}

const areaBytes = 0x8000

/** Runs it on a chip's flash: what it stores the chip's modem gets, but for the item that was refused. */
export function runOwnWriter(chip: SimulatedChip, page: number, own: OwnWriter): Promise<void> {
  const folder = mkdtempSync(join(chip.folder, 'own-'))
  try {
    if (own.spoilt !== undefined) chip.flash.force(page + own.spoilt[0], Uint8Array.of(own.spoilt[1]))
    const [before, after] = [join(folder, 'before'), join(folder, 'after')]
    writeFileSync(before, chip.flash.read(page, page + areaBytes))
    const said = execFileSync(own.program, [before, after, ...own.words], { encoding: 'utf8' })
    chip.flash.program(page, readFileSync(after))
    return store(chip, said, own.words)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function store(chip: SimulatedChip, said: string, words: readonly string[]): Promise<void> {
  const modem = await chip.modem()
  modem.execute('AT+CFUN=0')
  const items = said.split('\n').filter((line) => line.startsWith('store '))
  for (const [index, line] of items.entries()) {
    if (words.some((word) => word.startsWith(`store${index}=`))) continue
    const [, tag, type, content = ''] = line.split(' ')
    modem.execute(commandText(commands.cmngWrite, { tag: Number(tag), type: Number(type), content: fromHex(content) }))
  }
}
