import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Bytes, fromHex } from '../../../src/terms/index.ts'
import { findProgram } from '../../support/outside.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
export const writerFolder = join(root, 'examples/ncs/writer')

/** The C compiler of this computer, if it has one. */
export const compiler = findProgram('cc', 'SECTAG_CC')

const strict = ['-std=c11', '-Wall', '-Wextra', '-Wconversion', '-Werror', '-pedantic']

/** One item that the writer handed to the modem. */
export interface Stored {
  readonly tag: number
  readonly type: number
  readonly content: Bytes
}

/** What one run of the writer did. */
export interface Ran {
  /** `start`, `off`, `imei`, `store`, `program`, in their order. */
  readonly calls: readonly string[]
  readonly stored: readonly Stored[]
  /** Undefined where the power was cut. */
  readonly result: number | undefined
  /** The page as it is now. */
  readonly page: Bytes
}

/** The core of the writer, compiled for this computer with every sanitizer that the compiler has. */
export class CompiledWriter {
  readonly folder = mkdtempSync(join(tmpdir(), 'sectag-writer-'))
  readonly sanitized: boolean
  readonly program = join(this.folder, 'host')

  constructor(cc: string) {
    const sources = [join(root, 'test/probe/writer-c/host.c'), join(writerFolder, 'src/writer.c')]
    const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all']
    const args = [...strict, '-O1', '-g', ...sources, '-o', this.program]
    this.sanitized = spawnSync(cc, [...args, ...sanitizers]).status === 0
    if (!this.sanitized) execFileSync(cc, args, { stdio: 'pipe' })
  }

  /** Runs it once on a page, with a modem and a flash as `words` say. */
  run(page: Uint8Array, ...words: string[]): Ran {
    const [before, after] = [join(this.folder, 'before'), join(this.folder, 'after')]
    writeFileSync(before, page)
    const lines = this.#say([before, after, ...words])
    const result = /^result (.*)$/.exec(lines.at(-1) ?? '')?.[1]
    return {
      calls: lines.slice(0, -1).map((line) => line.split(' ')[0] ?? ''),
      stored: lines.flatMap(storedIn),
      result: result === undefined ? undefined : Number.parseInt(result, 16),
      page: Uint8Array.from(readFileSync(after)),
    }
  }

  /** Runs it on so many changed pages, and says how often it ended with each reason; 0 is done, 16 is no page of ours. */
  fuzz(page: Uint8Array, seed: number, count: number): Map<number, number> {
    const file = join(this.folder, 'fuzzed')
    writeFileSync(file, page)
    const lines = this.#say(['fuzz', file, String(seed), String(count)])
    return new Map(lines.map((line) => line.split(' ').map(Number) as [number, number]))
  }

  /** The bytes of its marker, as they stand in an image. */
  marker(): Bytes {
    return Uint8Array.from(execFileSync(this.program, ['marker']))
  }

  clear(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  #say(args: readonly string[]): string[] {
    return execFileSync(this.program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 2 ** 26,
    })
      .trim()
      .split('\n')
  }
}

function storedIn(line: string): Stored[] {
  const [word, tag, type, content = ''] = line.split(' ')
  return word === 'store' ? [{ tag: Number(tag), type: Number(type), content: fromHex(content) }] : []
}

/** Whether the firmware's main file is C that fits the declarations of the SDK that it uses, which stand here from its documentation. */
export function compileMain(cc: string): string {
  const declared = join(root, 'test/probe/writer-c/declared')
  const args = [...strict, '-fsyntax-only', `-I${declared}`, join(writerFolder, 'src/main.c')]
  return spawnSync(cc, args, { encoding: 'utf8' }).stderr
}
