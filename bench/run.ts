// `npm run bench -- NAME [--json FILE]`: prints a table and JSON.
import { execFileSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'

/** One measured line. */
export interface Figure {
  readonly what: string
  readonly value: number
  readonly unit: string
}

const names = readdirSync(new URL('.', import.meta.url))
  .filter((name) => name !== 'run.ts' && name.endsWith('.ts'))
  .map((name) => name.slice(0, -3))
const [name = '', flag, file] = process.argv.slice(2)
if (!names.includes(name)) {
  console.error(`there is no bench ${name}; there are ${names.join(', ')}`)
  process.exit(2)
}

const { measure } = (await import(`./${name}.ts`)) as { measure: () => Promise<Figure[]> }
const figures = await measure()
const width = Math.max(...figures.map(({ what }) => what.length))
for (const { what, value, unit } of figures)
  console.log(`${what.padEnd(width)}  ${value.toFixed(value < 10 ? 3 : 1).padStart(10)} ${unit}`)

const root = fileURLToPath(new URL('..', import.meta.url))
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
const machine = {
  cpu: cpus()[0]?.model ?? '',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
}
const report = { bench: name, commit, machine, figures }
if (flag === '--json' && file !== undefined) writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
else console.log(JSON.stringify(report))
process.exit(0)
