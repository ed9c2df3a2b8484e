import { X509Certificate } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fileNames } from '../../src/cli/ca/folder.ts'
import { type CaDesk, caDesk, caDeskWithout, knowing } from '../support/ca-desk.ts'
import { figure } from '../support/figures.ts'
import { killed, momentsOf } from '../support/killed.ts'
import { inParallel } from '../support/pool.ts'
import { start } from '../support/process.ts'

const init = ['ca', 'init', '--name', 'x']
const issue = ['ca', 'issue', '--profile', 'device', '--subject', 'b', '--new-key', 'b.key', '--out', 'b.crt']
const hour = 3_600_000

test('ca init killed at any moment leaves a whole authority or none, and the next one makes it whole', {
  timeout: hour,
}, async () => {
  const moments = await momentsOf(caDeskWithout(), init)
  const found = { kills: 0, whole: 0, none: 0, said: 0 }
  await inParallel(moments, 2, async (moment) => {
    const made = caDeskWithout()
    await killed(made.folder, init, moment)
    const shown = await made.run(['ca', 'show'])
    const there = existsSync(made.ca)
    expect(shown.exit, `killed at ${moment}: ${shown.err}`).toBe(there ? 0 : 6)
    if (there) expect(readdirSync(made.ca).toSorted()).toEqual(Object.values(fileNames).toSorted())
    const home = join(made.folder, 'home')
    const begun = existsSync(home) && readdirSync(home).some((name) => name.startsWith('ca.making-'))
    if (!there && existsSync(join(home, 'version')))
      expect(shown.err.includes('was cut before it was finished'), `killed at ${moment}`).toBe(begun)
    const again = await made.run(init)
    expect(again.exit, again.err).toBe(there ? 6 : 0)
    expect((await made.run(issue)).exit).toBe(0)
    expect(readdirSync(home).toSorted()).toEqual(['ca', 'journal', 'known', 'runs', 'version'])
    found.kills++
    found[there ? 'whole' : 'none']++
    if (begun) found.said++
    made.clear()
  })
  figure('kill-ca-init', found)
  expect(found.none).toBeGreaterThan(0)
})

test('ca issue killed at any moment leaves no certificate that is not recorded, and no half file under a final name', {
  timeout: hour,
}, async () => {
  const moments = await momentsOf(await caDesk(), issue)
  const found = { kills: 0, issued: 0, recorded: 0, unrecorded: 0, half: 0 }
  await inParallel(moments, 2, async (moment) => {
    const made = await caDesk()
    await killed(made.folder, issue, moment)
    const serials = recorded(made)
    if (existsSync(made.path('b.crt'))) {
      found.issued++
      if (!serials.includes(serialOf(made))) found.unrecorded++
      if (readFileSync(made.path('b.crt'), 'utf8').match(/-----END CERTIFICATE-----\n/g)?.length !== 2) found.half++
    }
    if (existsSync(made.path('b.key')) && !readFileSync(made.path('b.key'), 'utf8').endsWith('END PRIVATE KEY-----\n'))
      found.half++
    found.recorded += serials.length
    found.kills++
    await goOn(made, serials)
    made.clear()
  })
  figure('kill-ca-issue', found)
  expect(found).toMatchObject({ kills: moments.length, unrecorded: 0, half: 0 })
  expect(found.recorded).toBeGreaterThan(found.issued)
})

test('of several ca init at once one makes the authority, and the others leave it alone', async () => {
  const made = caDeskWithout()
  const all = Array.from({ length: 4 }, () => start(init, { cwd: made.folder, env: knowing(made.folder) }))
  const codes = await Promise.all(all.map((running) => running.ended))
  expect(codes.filter((code) => code === 0).length).toBe(1)
  expect(codes.every((code) => code === 0 || code === 6 || code === 1)).toBe(true)
  expect((await made.run(issue)).exit).toBe(0)
  expect(readdirSync(join(made.folder, 'home')).toSorted()).toEqual(['ca', 'journal', 'known', 'runs', 'version'])
  made.clear()
})

test('several ca issue at once record every certificate in a line of its own', async () => {
  const made = await caDesk()
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const all = names.map((name) => {
    const argv = [
      'ca',
      'issue',
      '--profile',
      'device',
      '--subject',
      name,
      '--new-key',
      `${name}.key`,
      '--out',
      `${name}.crt`,
    ]
    return start(argv, { cwd: made.folder, env: knowing(made.folder) })
  })
  expect(await Promise.all(all.map((running) => running.ended))).toEqual(names.map(() => 0))
  const serials = names.map((name) =>
    new X509Certificate(readFileSync(made.path(`${name}.crt`))).serialNumber.toLowerCase(),
  )
  expect(recorded(made).toSorted()).toEqual(serials.toSorted())
  made.clear()
})

function recorded({ ca }: CaDesk): string[] {
  const file = join(ca, 'issued.jsonl')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  return [...text.matchAll(/"serial":"([0-9a-f]{32})".*\}\n/g)].map((match) => match[1] ?? '')
}

function serialOf(made: CaDesk): string {
  return new X509Certificate(readFileSync(made.path('b.crt'))).serialNumber.toLowerCase()
}

/** Whoever repeats the command is told what is in the way, or gets a certificate, and nothing half is left beside it. */
async function goOn(made: CaDesk, before: readonly string[]): Promise<void> {
  const there = ['b.key', 'b.crt'].filter((name) => existsSync(made.path(name)))
  const again = await made.run(issue)
  expect(again.exit, again.err).toBe(there.length === 0 ? 0 : 2)
  if (there.length > 0) return expect(again.err).toMatch(/there is a file .*b\.(?:key|crt) already/)
  expect(recorded(made)).toEqual([...before, serialOf(made)])
  expect(readdirSync(made.folder).toSorted()).toEqual(['b.crt', 'b.key', 'home'])
}
