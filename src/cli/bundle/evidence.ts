import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { type KeptLine, KeyTail, Striker } from '../../at/index.ts'
import { LineSplitter, type Read, Reading } from '../../doctor/index.ts'
import { utf8 } from '../../terms/index.ts'
import type { Entry } from './tar.ts'

/** So much of one log goes into an archive; what vendors want is how it began and what failed first. */
const mostOfOne = 32 * 2 ** 20

/** A log as it goes into the archive, and what the doctor reads in it. */
export interface Enclosed {
  readonly entry: Entry
  readonly read: Read
  readonly struck: number
  readonly cut: boolean
}

/**
 * Reads a log line by line, strikes its secrets out, and keeps no more of it than fits. `name`: what it is called in the
 * archive. Throws what the system throws.
 */
export async function enclose(path: string, name: string, received: number): Promise<Enclosed> {
  const head = { id: name, channel: 'file', source: basename(path), received, trust: 'unknown' } as const
  const reading = new Reading({ ...head, media: 'text/plain' })
  const striker = new Striker()
  const tail = new KeyTail()
  const kept: string[] = []
  let [size, struck, cut, number] = [0, 0, false, 0]
  const keep = ({ text }: KeptLine): void => {
    size += text.length + 1
    if (size <= mostOfOne) kept.push(text)
    else cut = true
  }
  const splitter = new LineSplitter((line) => {
    reading.line(line)
    const clean = striker.line(line)
    struck += clean.struck
    for (const settled of tail.line({ text: clean.text, number: ++number })) keep(settled)
  })
  for await (const chunk of createReadStream(path)) splitter.bytes(Uint8Array.from(chunk as Buffer))
  splitter.end()
  for (const settled of tail.end()) keep(settled)
  const body = utf8(kept.map((line) => `${line}\n`).join(''))
  return { entry: { name: `logs/${name}`, body }, read: reading.end(), struck: struck + tail.struck, cut }
}

/** A file's name as an archive can have it. */
export function plainName(path: string): string {
  return basename(path)
    .replaceAll(/[^A-Za-z0-9._-]/g, '_')
    .slice(-80)
}

/** A name that no other file of the archive has: logs of two boards are often called the same. */
export function freeName(path: string, taken: Set<string>): string {
  const plain = plainName(path)
  for (let count = 1; ; count++) {
    const name = count === 1 ? plain : `${count}-${plain}`
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
}
