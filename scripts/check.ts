// Everything that CI checks before it tests: `npm run check`, or one of them by name: `npm run check -- lint`.
import { spawnSync } from 'node:child_process'

const checks: Record<string, string[]> = {
  format: ['biome', 'format', '.'],
  lint: ['oxlint', '--type-aware'],
  'types-pure': ['tsc', '-p', 'tsconfig.pure.json'],
  'types-web': ['tsc', '-p', 'tsconfig.web.json'],
  'types-node': ['tsc', '-p', 'tsconfig.json'],
  'types-build': ['tsc', '-p', 'tsconfig.build.json', '--noEmit'],
  unused: ['knip'],
  architecture: ['vitest', 'run', 'test/architecture.test.ts', 'test/facts.test.ts'],
  docs: ['node', 'scripts/docs.ts', '--check'],
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in checks))
if (unknown.length > 0) {
  console.error(`there is no check ${unknown.join(', ')}; there are ${Object.keys(checks).join(', ')}`)
  process.exit(2)
}

let failed = 0
for (const [name, [program = '', ...args]] of Object.entries(checks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(12)}  ${seconds} s`)
  if (status !== 0) {
    failed++
    console.log(`${stdout}${stderr}`)
  }
}
process.exit(failed === 0 ? 0 : 1)
