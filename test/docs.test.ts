import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { verbs } from '../src/cli/verbs/index.ts'
import { mosquittoProgram } from './support/mosquitto.ts'
import { findProgram, needs } from './support/outside.ts'
import { commandLines, needsMosquitto, runPage } from './support/page.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (name: string): string => readFileSync(join(root, name), 'utf8')

const guides = readdirSync(join(root, 'docs/guide')).map((name) => `docs/guide/${name}`)
const hasOpenssl = findProgram('openssl', 'SECTAG_OPENSSL') !== undefined
const hasMosquitto = mosquittoProgram !== undefined

for (const name of ['README.md', ...guides]) {
  const page = read(name)
  const speaksOf = { openssl: page.includes('$ openssl '), mosquitto: needsMosquitto(page) }
  const part = speaksOf.mosquitto && !hasMosquitto ? 'mosquitto' : 'openssl'
  const found = (hasOpenssl || !speaksOf.openssl) && (hasMosquitto || !speaksOf.mosquitto)
  needs(part, found)(`${name}: every command in it does what it says`, async () => {
    expect(commandLines(page).length).toBeGreaterThan(5)
    await runPage(page)
  })
}

const pages = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

test.each(pages)('%s: every link to a file of ours leads somewhere', (name) => {
  const links = [...read(name).matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] ?? '')
  for (const link of links) expect(existsSync(join(root, dirname(name), link)), link).toBe(true)
})

test('the README names every verb', () => {
  for (const { name } of verbs) expect(read('README.md')).toMatch(new RegExp(`^\\| .*\`${name}\``, 'm'))
})

/** The anchors that a page's headings get where it is shown. */
function anchorsOf(name: string): Set<string> {
  const headings = [...read(name).matchAll(/^#+ (.+)$/gm)].map((match) => match[1] ?? '')
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

test.each(pages)('%s: every link to a heading of ours leads to one', (name) => {
  for (const [, page = '', anchor = ''] of read(name).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)) {
    const target = page === '' ? name : join(dirname(name), page)
    expect(anchorsOf(target).has(anchor), `${target}#${anchor}`).toBe(true)
  }
})
