#!/usr/bin/env node
// Chooses what to run: the built program where there is one, the source in a clone; and a Node that is new enough.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const source = here('../src/cli/main.ts')
const main = existsSync(source) ? source : here('../dist/cli/main.js')
const own = here('../node_modules/.bin/node')

if (major === 24 ? minor >= 15 : major === 25) {
  await import(main)
} else if (existsSync(own)) {
  // A clone brings the right Node along (CONTRIBUTING.md).
  const child = spawn(own, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  // A terminal sends its Ctrl-C to both; other signals come to this process alone.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 70)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
} else {
  process.stderr.write(`error  sectag needs Node 24.15 or newer, below 26; this is ${process.version}
state  no board was touched
why    node:sqlite and type stripping are missing in older ones; serial ports stall in newer ones
next   install Node 24 LTS, then repeat the command
`)
  process.exit(2)
}
