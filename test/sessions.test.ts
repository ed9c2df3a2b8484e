import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { parseSession, playSession } from './support/golden-session.ts'
import { workbench } from './support/workbench.ts'

const folder = new URL('sessions/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.txt'))
const clears: (() => void)[] = []
afterAll(() => {
  for (const clear of clears) clear()
})

test.each(names)('the dialogue %s goes as it is written down', async (name) => {
  const path = new URL(name, folder)
  const text = readFileSync(path, 'utf8')
  const bench = await workbench({ mfw: '1.0.0' })
  clears.push(bench.clear)
  const played = (await playSession(parseSession(text), bench)).replaceAll(bench.folder, 'FOLDER')
  // A dialogue that is to change is written down anew by the same program, and read by a person.
  if (process.env['SECTAG_WRITE_SESSIONS'] === '1') writeFileSync(path, played)
  else expect(played).toBe(text)
})
