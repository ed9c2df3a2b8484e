import { createReadStream } from 'node:fs'
import { basename, resolve } from 'node:path'
import { contextMedia, type EvidenceHead, LineSplitter, type Read, readBlinks, Reading } from '../../doctor/index.ts'
import { type Bytes, bytesOf, type Instant } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import type { Ending } from '../output.ts'
import { shellWord } from '../shell-word.ts'

function headOf(name: string, received: Instant): EvidenceHead {
  const id = name === '-' ? 'stdin' : name
  return { id, channel: 'file', source: basename(id), received, trust: 'unknown', media: 'text/plain' }
}

/** What is known beforehand. */
export function readKnown(items: readonly string[], received: Instant): Read {
  const reading = new Reading({ ...headOf('--context', received), media: contextMedia })
  for (const item of items) reading.line(item)
  return reading.end()
}

/** Reads a file, or standard input, line by line: a log may be larger than the memory. */
export async function readFile(name: string, context: Context): Promise<Read | Ending> {
  if (name === '') return nameless()
  const reading = new Reading(headOf(name, context.clock.now()))
  const splitter = new LineSplitter((line) => reading.line(line))
  try {
    for await (const bytes of bytesFrom(name, context)) splitter.bytes(bytes)
  } catch (error) {
    return notRead(name, error)
  }
  splitter.end()
  return reading.end()
}

async function* bytesFrom(name: string, context: Context): AsyncGenerator<Bytes> {
  if (name === '-') for await (const text of context.input) yield bytesOf(text)
  else for await (const chunk of createReadStream(resolve(context.cwd, name))) yield Uint8Array.from(chunk as Buffer)
}

/** Why a name cannot be read, and what to type instead, where the system says so. */
const reasons: Readonly<Record<string, readonly [why: string, next: (name: string) => string]>> = {
  ENOENT: ['there is no such file here', () => 'sectag doctor -'],
  EISDIR: ['it is a folder, and evidence is read from the files in it', (name) => `sectag doctor ${shellWord(name)}/*`],
  EACCES: ['this user may not read it', () => 'sectag doctor -'],
}

/** What a script gives whose variable is not set: it would be taken for the folder one is in. */
function nameless(): Ending {
  const failure = {
    what: 'a file without a name cannot be read',
    state: 'no board was touched',
    why: 'the name is empty: likely a variable of the shell that is not set',
    next: 'sectag doctor -',
  }
  return { exit: 2, failure }
}

function notRead(name: string, error: unknown): Ending {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const [why, next] = reasons[code] ?? [
    'evidence is read from files, or from standard input with -',
    () => 'sectag doctor -',
  ]
  const failure = { what: `${name} cannot be read: ${code}`, state: 'no board was touched', why, next: next(name) }
  return { exit: 2, failure }
}

/** What the light of a board says; undefined where so many blinks have no meaning. */
export function readLight(times: number, received: Instant): Read | undefined {
  return readBlinks(times, headOf('--led', received))
}
