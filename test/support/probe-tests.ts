import { expect, onTestFinished } from 'vitest'
import type { Ran } from './cli.ts'
import { type ProbeDesk, probeDesk } from './probe-desk.ts'

/** A board on its bench for the test that is running; both go when it ends. */
export async function benchFor(...order: Parameters<typeof probeDesk>): Promise<ProbeDesk> {
  const desk = await probeDesk(...order)
  onTestFinished(desk.clear)
  return desk
}

/** Four parts, the exit code, and words that must be in them; the next command is one that can be typed. */
export function expectFailure(ran: Ran, exit: number, ...words: RegExp[]): void {
  expect(ran.exit, ran.out + ran.err).toBe(exit)
  for (const part of ['error', 'state', 'why', 'next']) expect(ran.err).toMatch(new RegExp(`^${part} +\\S`, 'm'))
  for (const word of words) expect(ran.err).toMatch(word)
}

/** What a failure names to be typed next. */
export function nextLine({ err }: Ran): string {
  return /^next +(.*)$/m.exec(err)?.[1] ?? ''
}

/** A command line of ours as words, without its comment. */
export function wordsOf(line: string): string[] {
  return line
    .replace(/ {3}# .*$/, '')
    .split(' ')
    .slice(1)
}
