import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { causes, linksOf } from '../../src/doctor/index.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: readonly string[] }

const isPacked = (path: string): boolean => files.some((packed) => path === packed || path.startsWith(`${packed}/`))

/** What the program's texts name of this repository; comments are for its readers, who have all of it. */
function printed(): string[] {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )
  const lines = sources.flatMap((name) => readFileSync(join(root, 'src', name), 'utf8').split('\n'))
  const code = lines.filter((line) => !/^\s*(?:\*|\/\*|\/\/)/.test(line)).map((line) => line.replace(/\s\/\/ .*/, ''))
  return [...new Set(code.flatMap((line) => line.match(/\b(?:docs|examples)\/[\w./-]*\w/g) ?? []))]
}

test('every file and folder that the program names is there, and in the package', () => {
  const named = printed()
  expect(named).toContain('docs/facts')
  for (const path of named) expect([path, existsSync(join(root, path)), isPacked(path)]).toEqual([path, true, true])
})

test('the page of every cause, which verdicts link to, is there, and in the package', () => {
  for (const entry of causes) {
    const path = linksOf(entry).find((link) => !link.startsWith('https://')) ?? ''
    expect([path, existsSync(join(root, path)), isPacked(path)]).toEqual([path, true, true])
  }
})
