// `prepack strip`: a clone brings its own Node as optional platform packages; nothing of that ships to users.
// `postpack restore`: puts package.json back as it was.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const manifest = fileURLToPath(new URL('../package.json', import.meta.url))
const kept = `${manifest}.kept`

if (process.argv[2] === 'restore') {
  if (existsSync(kept)) renameSync(kept, manifest)
} else {
  const text = readFileSync(manifest, 'utf8')
  const read = JSON.parse(text) as {
    optionalDependencies?: Record<string, string>
    devDependencies?: unknown
    scripts?: unknown
  }
  writeFileSync(kept, text)
  const left = Object.entries(read.optionalDependencies ?? {}).filter(
    ([name]) => !/^node-(?:linux|darwin|win)-/.test(name),
  )
  const { devDependencies: _dev, scripts: _scripts, ...shipped } = read
  writeFileSync(
    manifest,
    `${JSON.stringify({ ...shipped, optionalDependencies: Object.fromEntries(left) }, null, 2)}\n`,
  )
}
