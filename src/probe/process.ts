import type { ChildProcess } from 'node:child_process'
import { type Outcome, ok, refused } from '../terms/index.ts'
import { type Call, endTool, startTool } from './start-tool.ts'
import type { ToolRefusal, ToolSurroundings } from './tool.ts'

/** How a call of a program ended. */
export interface Said {
  /** Its exit code; undefined where a signal ended it. */
  readonly exit: number | undefined
  readonly out: string
  readonly err: string
}

/** Most that is kept of what a program prints: a megabyte of flash as a JSON list takes half of it. */
const mostOutput = 8 * 2 ** 20
const readPatience = 60_000
const writePatience = 300_000
/** What a program gets to end in, after it was told to. */
const lastPatience = 2000

/** Runs a program, its words read by no shell and without input, until it ends, says too much, takes too long, or we are told to stop. */
export async function call(order: Call, surroundings: ToolSurroundings): Promise<Outcome<Said, ToolRefusal>> {
  const { signal } = surroundings
  if (isOver(signal)) return refused({ kind: 'aborted', words: 'it was not started' })
  const afterMs = surroundings.patience ?? (order.writes === true ? writePatience : readPatience)
  const child = startTool(order, surroundings)
  if (child instanceof Error) return refused({ kind: 'absent', words: child.message })
  const out = collect(child, 'stdout')
  const err = collect(child, 'stderr')
  const late = AbortSignal.timeout(afterMs)
  const stop = AbortSignal.any([late, out.full, err.full, ...(signal === undefined ? [] : [signal])])
  const { code, error } = await ended(child, stop)
  const words = lastWords(`${out.text()}\n${err.text()}`)
  if (error !== undefined) return refused({ kind: 'absent', words: error.message })
  if (out.full.aborted || err.full.aborted) return refused({ kind: 'garbled', words, why: 'it printed too much' })
  if (isOver(signal)) return refused({ kind: 'aborted', words })
  if (late.aborted && code === undefined) return refused({ kind: 'silence', afterMs, words })
  return ok({ exit: code, out: out.text(), err: err.text() })
}

function isOver(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true
}

/** Kept until `mostOutput`, then `full` is aborted and the rest is not kept. */
function collect(child: ChildProcess, name: 'stdout' | 'stderr'): { text: () => string; full: AbortSignal } {
  const parts: Buffer[] = []
  const full = new AbortController()
  let bytes = 0
  child[name]?.on('data', (part: Buffer) => {
    bytes += part.length
    if (bytes > mostOutput) full.abort()
    else parts.push(part)
  })
  return { text: () => Buffer.concat(parts).toString('utf8'), full: full.signal }
}

function ended(child: ChildProcess, stop: AbortSignal): Promise<{ code?: number; error?: Error }> {
  return new Promise((resolve) => {
    let last: NodeJS.Timeout | undefined
    const end = (): void => {
      endTool(child, 'SIGTERM')
      last = setTimeout(() => endTool(child, 'SIGKILL'), lastPatience)
    }
    const done = (how: { code?: number; error?: Error }): void => {
      stop.removeEventListener('abort', end)
      clearTimeout(last)
      resolve(how)
    }
    if (stop.aborted) end()
    else stop.addEventListener('abort', end, { once: true })
    child.once('error', (error) => done({ error }))
    child.once('close', (code) => done(code === null ? {} : { code }))
  })
}

/** The end of what a program said, for a person: a few lines, no control characters. */
export function lastWords(text: string): string {
  const lines = text
    // oxlint-disable-next-line no-control-regex -- colours and progress bars
    .replaceAll(/\u001b\[[0-9;?]*[A-Za-z]|[\u0000-\u0009\u000b-\u001f]/g, ' ')
    .split('\n')
    .map((line) => line.replaceAll(/ {2,}/g, ' ').trim())
    .filter((line) => line !== '')
  return lines.slice(-4).join(' · ').slice(-600)
}
