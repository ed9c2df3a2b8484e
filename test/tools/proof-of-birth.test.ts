import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { needs } from '../support/outside.ts'
import { nrfcloudUtils, nrfcredstore, ownBench } from '../support/nordic-tools.ts'

const withTools = needs(
  'nrfcredstore and nRF Cloud utils (PyPI)',
  nrfcredstore !== undefined && nrfcloudUtils !== undefined,
)
const tag = 51

withTools(
  'what the vendors’ tools keep: a request alone is UNKNOWN; the modem’s whole answer and their CSV of tokens leave one identity key, which has to be vouched for',
  { timeout: 300_000 },
  async () => {
    const bench = ownBench({ mfw: '2.0.2' })
    const { modem, folder } = bench
    modem.inFront((text, answer) => {
      const reply = answer()
      if (text.startsWith('AT%KEYGEN')) bench.file('dialogue.log', reply.text)
      return reply
    })
    const credstore = ['--cmd-type', 'auto', 'generate', String(tag), 'board.csr']
    expect(await bench.tool('nrfcredstore', bench.path, ...credstore)).toMatchObject({ exit: 0 })
    const gather = ['--port', bench.path, '--plain', '--csv', 'attestation_tokens.csv']
    expect(await bench.tool('gather_attestation_tokens', ...gather)).toMatchObject({ exit: 0 })
    expect(readFileSync(join(folder, 'attestation_tokens.csv'), 'utf8')).toContain(modem.identity.imei)
    const alone = await bench.run(['prove-birth', 'board.csr'])
    expect(alone).toMatchObject({ exit: 1 })
    expect(alone.err).toMatch(/a signing request alone/)
    const files = ['board.csr', 'dialogue.log', 'attestation_tokens.csv']
    const both = await bench.run(['prove-birth', ...files])
    expect(both).toMatchObject({ exit: 1 })
    const [, identityKey = ''] = /identity key +(04[0-9a-f]{128})/.exec(both.out) ?? []
    const vouched = await bench.run(['prove-birth', ...files, '--identity-key', identityKey])
    await bench.stop()
    expect(vouched).toMatchObject({ exit: 0 })
    expect(vouched.out).toMatch(
      /^BORN {2}the key in tag 51 .*\n[^]*--identity-key, which you vouch for; two signatures/,
    )
  },
)
