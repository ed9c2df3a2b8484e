import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { device } from '../support/device.ts'
import { needs } from '../support/outside.ts'
import { provisioningVectors } from '../support/vectors.ts'

const script = fileURLToPath(new URL('../../scripts/vectors.ts', import.meta.url))
const withVectors = needs('provisioning vectors (SECTAG_VECTORS)', provisioningVectors !== undefined)

function run(path: string): { code: number | null; lines: Record<string, unknown>[] } {
  const env = { ...process.env, SECTAG_VECTORS: path }
  const { status, stdout } = spawnSync(process.execPath, [script, '--json'], { encoding: 'utf8', env })
  return {
    code: status,
    lines: stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  }
}

withVectors('npm run vectors passes every identity vector and names what it skips', () => {
  const { code, lines } = run(provisioningVectors ?? '')
  const { vectors, negative } = JSON.parse(readFileSync(provisioningVectors ?? '', 'utf8'))
  const result = lines.at(-1)
  expect(result).toMatchObject({ type: 'result' })
  expect(result?.['total']).toBe(result?.['passed'])
  expect(Number(result?.['total'])).toBeGreaterThanOrEqual(7)
  expect(lines.filter(({ type }) => type === 'skipped')).toHaveLength(vectors.length + negative.length)
  expect(code).toBe(0)
})

test('vectors that a virtual modem made pass, one that is wrong fails by its name, and a file that is not there is told', () => {
  const made = device()
  const key = Buffer.from(made.identityKey()).toString('hex')
  const tokens = {
    attest: made.says('AT%ATTESTTOKEN'),
    jwt: made.says('AT%JWT'),
    keygen_csr_tag_42: made.says('AT%KEYGEN=42,2,0'),
    keygen_pubkey_tag_43: made.says('AT%KEYGEN=43,2,1'),
    later: 'x',
  }
  const entry = {
    keygen_signature_covers: 'payload only',
    device_uuid: made.modem.identity.uuid,
    tokens,
    identity_public_key: key,
    candidates_from_attest_alone: [],
  }
  const folder = mkdtempSync(join(tmpdir(), 'sectag-vectors-'))
  const path = join(folder, 'vectors.json')
  writeFileSync(path, JSON.stringify({ identity: [entry], vectors: [{ name: 'batch' }] }))
  const { code, lines } = run(path)
  expect(lines.filter(({ passed }) => passed === false).map(({ name }) => name)).toEqual([
    `identity/${made.modem.identity.uuid}/candidates`,
  ])
  expect(lines.filter(({ type }) => type === 'skipped').map(({ name }) => name)).toEqual([
    'vectors/batch',
    `identity/${made.modem.identity.uuid}/later`,
  ])
  expect(lines.at(-1)).toEqual({ type: 'result', total: 6, passed: 5 })
  expect(code).toBe(1)
  expect(run(join(folder, 'none.json'))).toMatchObject({ code: 2 })
  rmSync(folder, { recursive: true })
})
