import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect } from 'vitest'
import { chromiumProgram, openPage } from '../support/chromium.ts'
import { importMap } from '../support/import-map.ts'
import { needs } from '../support/outside.ts'
import { paper } from '../support/paper.ts'
import { serveFiles } from '../support/static-server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
let site = ''

beforeAll(() => {
  site = mkdtempSync(join(tmpdir(), 'sectag-browser-'))
  execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json', '--outDir', join(site, 'dist')], {
    cwd: root,
  })
  symlinkSync(join(root, 'node_modules'), join(site, 'node_modules'))
}, 120_000)
afterAll(() => rmSync(site, { recursive: true, force: true }))

const onBrowser = needs('chromium', chromiumProgram !== undefined)

/** What the page does: a modem in it, a credential, a key that is born, and the proof of that. */
const program = (ca: string): string => `
import { personality, VirtualModem, virtualClock } from 'sectag/virtual'
import { checkKeyProof, readKeyProof } from '/dist/identity/index.js'
const clock = virtualClock(Date.UTC(2026, 10, 22), () => new Promise(() => {}))
const modem = new VirtualModem({ personality: personality('2.0.2'), clock, seed: 'page' })
const say = (text) => modem.execute(text).text
const firmware = say('AT+CGMR')
const written = say('AT%CMNG=0,42,0,"' + ${JSON.stringify(ca)} + '"')
const held = say('AT%CMNG=1,42')
const born = say('AT%KEYGEN=42,2')
const uuid = modem.identity.uuid
const proof = readKeyProof(/"([^"]+)"/.exec(born)[1])
const right = proof.ok && await checkKeyProof(proof.value, { tag: 42, deviceUuid: uuid })
const wrong = proof.ok && await checkKeyProof(proof.value, { tag: 43, deviceUuid: uuid })
globalThis.came = {
  firmware, written, held, right: right.ok, keys: right.value?.identityKeys.length, wrong: wrong.refusal?.code,
  listed: say('AT%CMNG=1,42,2'), node: typeof process,
}
document.title = 'done'
`

onBrowser(
  'sectag/virtual in a real browser: a credential is written and listed, a key is born and its proof holds',
  { timeout: 120_000 },
  async () => {
    const { ca } = await paper()
    const entries = ['dist/virtual/public.js', 'dist/identity/index.js'].map((file) => join(site, file))
    const imports = { ...importMap(site, entries), 'sectag/virtual': '/dist/virtual/public.js' }
    const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`
    const server = await serveFiles(site, {
      '/': `<!doctype html><link rel="icon" href="data:,">${map}<script type="module" src="/program.js"></script>`,
      '/program.js': program(ca),
    })
    const { page, complaints, close } = await openPage(server.address)
    try {
      await page.waitForFunction('document.title === "done"', undefined, { timeout: 20_000 }).catch(() => {})
      expect(complaints).toEqual([])
      expect(await page.evaluate('globalThis.came')).toEqual({
        firmware: 'mfw_nrf91x1_2.0.2\r\nOK\r\n',
        written: 'OK\r\n',
        held: expect.stringMatching(/^%CMNG: 42,0,"[0-9A-F]{64}"\r\nOK\r\n$/),
        right: true,
        keys: expect.any(Number),
        wrong: 'wrong-tag',
        listed: expect.stringMatching(/^%CMNG: 42,2,"[0-9A-F]{64}"\r\nOK\r\n$/),
        node: 'undefined',
      })
    } finally {
      await close()
      await server.close()
    }
  },
)
