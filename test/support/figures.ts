import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { scale } from './scale.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Keeps what a counted test has counted: printed always, and written to docs/figures when SECTAG_FIGURES is 1. */
export function figure(name: string, counts: Record<string, unknown>): void {
  console.log(`${name}: ${JSON.stringify(counts)}`)
  if (process.env['SECTAG_FIGURES'] !== '1') return
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  }
  mkdirSync(`${root}/docs/figures`, { recursive: true })
  writeFileSync(
    `${root}/docs/figures/${name}.json`,
    `${JSON.stringify({ name, commit, machine, scale, ...counts }, null, 2)}\n`,
  )
}
