// Writes the pages that are derived from tables; with --check it fails where one is stale.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  causePages,
  commandsPage,
  errorsPage,
  exitCodesData,
  exitCodesPage,
  manPage,
  numbersPage,
  resultCodesPage,
  schemaPage,
} from './pages.ts'
import { storyPicture } from './story-picture.ts'

const root = new URL('../', import.meta.url)
const pages: Record<string, string> = {
  'docs/exit-codes.md': exitCodesPage(),
  'docs/exit-codes.json': `${JSON.stringify(exitCodesData(), null, 2)}\n`,
  'docs/result-codes.md': resultCodesPage(),
  'docs/numbers.md': numbersPage(),
  'docs/commands.md': commandsPage(),
  'docs/errors.md': errorsPage(),
  'docs/schema/sectag-1.schema.json': schemaPage(),
  'docs/man/sectag.1': manPage(),
  'docs/story.svg': storyPicture(),
  ...causePages(),
}

const check = process.argv.includes('--check')
const stale = Object.entries(pages).filter(([path, text]) => {
  const file = fileURLToPath(new URL(path, root))
  const there = read(file)
  if (there === text) return false
  if (!check) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  return true
})

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

for (const [path] of stale) console.log(`${check ? 'stale' : 'written'}: ${path}`)
if (check && stale.length > 0) {
  console.log('run `npm run docs` and commit what it writes')
  process.exit(1)
}
