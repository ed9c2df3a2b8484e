import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseManifest } from '../../src/plan/index.ts'

const good = `sectag: 1
tags:
  - tag: 16842753
    key: BT36.key
    certificate: BT36-chain.crt
    ca: root.crt
  - tag: 42
    exclusive: true
    psk: { text: "6e7266" }
    psk-identity: device-7
`

test('a manifest says which files go where, the root CA first and the key last', () => {
  const { manifest, problems } = parseManifest(good, 'manifest.yaml')
  expect(problems).toEqual([])
  expect(
    manifest?.tags.map(({ tag, exclusive, items }) => [
      tag,
      exclusive,
      items.map(({ type, source }) => [type, source]),
    ]),
  ).toEqual([
    [
      16_842_753,
      false,
      [
        [0, { file: 'root.crt' }],
        [1, { file: 'BT36-chain.crt' }],
        [2, { file: 'BT36.key' }],
      ],
    ],
    [
      42,
      true,
      [
        [3, { text: '6e7266' }],
        [4, { text: 'device-7' }],
      ],
    ],
  ])
})

test("the desktop tool's JSON says the same thing", () => {
  const json = JSON.stringify({ caCert: 'CA', clientCert: 'CERT', privateKey: 'KEY', secTag: 16_842_753 })
  const { manifest } = parseManifest(json, 'credentials.json')
  expect(manifest?.tags[0]?.items.map(({ type, source }) => [type, source])).toEqual([
    [0, { text: 'CA' }],
    [1, { text: 'CERT' }],
    [2, { text: 'KEY' }],
  ])
})

test('empty texts of the desktop tool mean nothing is wanted there', () => {
  const { manifest } = parseManifest(
    JSON.stringify({ caCert: 'CA', clientCert: '', privateKey: '', secTag: '42' }),
    'x.json',
  )
  expect(manifest?.tags).toMatchObject([{ tag: 42, items: [{ type: 0 }] }])
})

const wrong: [string, string, string, number][] = [
  ['an unknown key of a tag', good.replace('ca: root.crt', 'cacert: root.crt'), 'unknown-key', 6],
  ['an unknown key at the top', `${good}extra: 1\n`, 'unknown-key', 11],
  ['a key that stands twice', good.replace('ca: root.crt', 'key: other.key'), 'manifest-syntax', 6],
  ['a tag that stands twice', good.replace('tag: 42', 'tag: 16842753'), 'duplicate-tag', 7],
  ['a tag that is no number', good.replace('tag: 42', 'tag: mqtt'), 'manifest-value', 7],
  ['a tag with a fraction', good.replace('tag: 42', 'tag: 4.2'), 'manifest-value', 7],
  ['no tag', good.replace('tag: 42', 'exclusive: false').replace('    exclusive: true\n', ''), 'manifest-shape', 7],
  ['no version', good.replace('sectag: 1\n', ''), 'manifest-version', 1],
  ['another version', good.replace('sectag: 1', 'sectag: 2'), 'manifest-version', 1],
  ['a list for a file', good.replace('ca: root.crt', 'ca: [root.crt]'), 'manifest-value', 6],
  ['no tags', 'sectag: 1\n', 'manifest-empty', 1],
  ['a bare word', 'hello', 'manifest-shape', 1],
  ['broken YAML', 'sectag: 1\ntags: [\n', 'manifest-syntax', 3],
]

test.each(wrong)('%s is an error with its line', (_, text, code, line) => {
  const { manifest, problems } = parseManifest(text, 'm.yaml')
  expect(manifest).toBeUndefined()
  expect(problems.map((problem) => [problem.code, problem.where])).toContainEqual([code, `m.yaml:${line}`])
})

test('no text makes the reader fail', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom(
          'sectag: 1',
          'tags:',
          '- tag: 1',
          '\n',
          '  ',
          'ca: x',
          '{',
          '}',
          '[',
          '"',
          ':',
          '&a',
          '*a',
          '!!x',
          '#',
          '1e9',
        ),
      }),
      (text) => {
        const { manifest, problems } = parseManifest(text, 'm')
        expect(manifest === undefined).toBe(problems.length > 0)
      },
    ),
  )
})
