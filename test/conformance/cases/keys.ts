import { createHash } from 'node:crypto'
import { candidateKeys, commonKey, type KeyProof, readAttestation, readKeyProof } from '../../../src/identity/index.ts'
import { readRequest } from '../../../src/pki/index.ts'
import { hex } from '../../../src/terms/index.ts'
import { type Case, cme, type Look, numbered } from '../case.ts'
import { keyMakers, nrf9160, nrf91x1, real } from '../lines.ts'
import { privateKey } from '../paper.ts'

const shape = /^%KEYGEN: "[\w-]+\.[\w-]+"\r\nOK$/

function proofOf(answer: string): KeyProof | undefined {
  const read = readKeyProof(/^%KEYGEN: "([^"]+)"\r\nOK$/.exec(answer)?.[1] ?? '')
  return read.ok ? read.value : undefined
}

/** Looks at the proof in an answer. */
function proof(shows: string, holds: (proof: KeyProof, before: readonly string[]) => boolean): Look {
  return {
    shows,
    holds(text, before) {
      const read = proofOf(text)
      return read !== undefined && holds(read, before)
    },
  }
}

const signsPayload = proof('a proof of which the identity key signs the payload, and nothing else', (made, before) => {
  const tokens = before.flatMap((text) => {
    const read = readAttestation(/^%ATTESTTOKEN: "([^"]+)"\r\nOK$/.exec(text)?.[1] ?? '')
    return read.ok ? [read.value] : []
  })
  const identityKey = commonKey(tokens)
  if (identityKey === undefined) return false
  // What a signature can have been made by says which octets it covers.
  const covering = made.forms.filter((form) =>
    candidateKeys({ ...made, forms: [form] })
      .map(hex)
      .includes(hex(identityKey)),
  )
  return made.tag === 42 && covering.map(({ covers }) => covers).join() === 'payload'
})

const looks: readonly (readonly [title: string, fact: string, ask: string, look: Look])[] = [
  [
    'M65 %KEYGEN answers two halves of base64url without padding',
    'KEY-08',
    'AT%KEYGEN=42,2,0',
    { shows: 'about 571 characters', holds: (text) => shape.test(text) && Math.abs(text.length - 587) <= 4 },
  ],
  [
    'M66 a request has about 270 octets and the device UUID as its CN',
    'KEY-09',
    'AT%KEYGEN=42,2,0',
    proof('a request for the device UUID', (made) => {
      const request = readRequest(made.der)
      return request.ok && request.value.commonName === made.deviceUuid && Math.abs(made.der.length - 270) <= 3
    }),
  ],
  [
    'M67 the signature algorithm of a request carries a NULL',
    'KEY-16',
    'AT%KEYGEN=42,2,0',
    proof('ecdsa-with-SHA256 with a NULL', (made) => hex(made.der).includes('300c06082a8648ce3d0403020500')),
  ],
  [
    'M68 the payload of a proof has the SHA-256 of the request',
    'KEY-31',
    'AT%KEYGEN=42,2,0',
    proof('the digest of the request', (made) => {
      const sha = createHash('sha256').update(made.der).digest('hex')
      return made.forms.some(({ octets }) => hex(octets).includes(sha))
    }),
  ],
  [
    'M69 the payload of a proof has the tag',
    'KEY-30',
    'AT%KEYGEN=16842753,2,0',
    proof('the tag 16842753', (made) => made.tag === 16_842_753),
  ],
  [
    'the public key alone is asked for with 1',
    'KEY-05',
    'AT%KEYGEN=42,2,1',
    proof('a public key', (made) => made.kind === 'public-key' && made.der.length === 91),
  ],
  [
    'the usual key usage is digitalSignature, nonRepudiation, keyEncipherment and keyAgreement',
    'KEY-15',
    'AT%KEYGEN=42,2,0',
    proof('03 02 03 E8', (made) => hex(made.der).includes('0603551d0f0404030203e8')),
  ],
  [
    'attributes become the subject, in their order',
    'KEY-78',
    'AT%KEYGEN=42,2,0,"CN=board-7,O=Example"',
    proof('CN and O', (made) => {
      const request = readRequest(made.der)
      return (
        request.ok &&
        request.value.commonName === 'board-7' &&
        hex(made.der).includes(hex(new TextEncoder().encode('Example')))
      )
    }),
  ],
]

/** Keys that are born inside. */
export const keyCases: readonly Case[] = [
  ...looks.map(
    ([title, fact, ask, look]): Case => ({
      title,
      fact,
      grade: fact === 'KEY-78' ? 'ours' : fact === 'KEY-05' ? 'documented' : 'seen',
      on: keyMakers,
      dialogue: [[ask, look]],
    }),
  ),
  {
    title: 'the identity key signs the payload of a proof',
    fact: 'OPEN-22',
    grade: 'ours',
    on: keyMakers,
    dialogue: [
      ['AT%ATTESTTOKEN', /OK$/],
      ['AT%ATTESTTOKEN', /OK$/],
      ['AT%KEYGEN=42,2,0', signsPayload],
    ],
  },
  {
    title: 'making a key takes 300 ms',
    fact: 'KEY-80',
    grade: 'ours',
    on: keyMakers,
    dialogue: [['AT%KEYGEN=42,2,0', shape, 300]],
  },
  {
    title: 'M70 %KEYGEN over a key that was born answers 519',
    fact: 'KEY-20',
    grade: 'seen',
    on: keyMakers,
    dialogue: [numbered, ['AT%KEYGEN=42,2,0', shape], ['AT%KEYGEN=42,2,0', cme(519)], ['AT%KEYGEN=42,2,1', cme(519)]],
  },
  {
    title: 'M70 %KEYGEN over a key that was written answers 519',
    fact: 'KEY-20',
    grade: 'seen',
    on: keyMakers,
    dialogue: [numbered, [`AT%CMNG=0,42,2,"${privateKey}"`, 'OK'], ['AT%KEYGEN=42,2,0', cme(519)]],
  },
  {
    title: 'M72 a key that was born is listed as type 2 of its tag, and as nothing else',
    fact: 'KEY-23',
    grade: 'seen',
    on: keyMakers,
    dialogue: [
      ['AT%KEYGEN=42,2,0', shape],
      ['AT%CMNG=1,42', /^%CMNG: 42,2,"[0-9A-F]{64}"\r\nOK$/],
    ],
  },
  {
    title: 'M30 the digest of a key that was born is of nothing that its request tells',
    fact: 'DIG-07',
    grade: 'seen',
    on: real,
    dialogue: [
      ['AT%KEYGEN=42,2,1', shape],
      [
        'AT%CMNG=1,42',
        {
          shows: 'a digest that is of no form of the public key',
          holds(text, before) {
            const der = proofOf(before[0] ?? '')?.der ?? new Uint8Array()
            const told = [der, der.slice(-65), der.slice(-64)].map((octets) =>
              createHash('sha256').update(octets).digest('hex').toUpperCase(),
            )
            return /"[0-9A-F]{64}"/.test(text) && !told.some((sha) => text.includes(sha))
          },
        },
      ],
    ],
  },
  {
    title: 'a key that was born cannot be read',
    fact: 'CMNG-32',
    grade: 'documented',
    on: keyMakers,
    dialogue: [numbered, ['AT%KEYGEN=42,2,0', shape], ['AT%CMNG=2,42,2', cme(514)]],
  },
  {
    title: 'a key that was born can be deleted, and another one made',
    fact: 'KEY-25',
    grade: 'seen',
    on: keyMakers,
    dialogue: [
      ['AT%KEYGEN=42,2,0', shape],
      ['AT%CMNG=3,42,2', 'OK'],
      ['AT%CMNG=1,42', 'OK'],
      [
        'AT%KEYGEN=42,2,0',
        { shows: 'another request', holds: (text, before) => shape.test(text) && text !== before[0] },
      ],
    ],
  },
  {
    title: 'a key over one that was born answers 519, and the old one stays',
    fact: 'OPEN-02',
    grade: 'ours',
    on: keyMakers,
    dialogue: [
      numbered,
      ['AT%KEYGEN=42,2,0', shape],
      [`AT%CMNG=0,42,2,"${privateKey}"`, cme(519)],
      ['AT%CMNG=1,42', /^%CMNG: 42,2,/],
    ],
  },
  {
    title: 'certificates are written beside a key that was born',
    fact: 'KEY-24',
    grade: 'documented',
    on: keyMakers,
    dialogue: [
      ['AT%KEYGEN=42,2,0', shape],
      ['AT%CMNG=0,42,4,"x"', 'OK'],
      ['AT%CMNG=1,42', /42,2,.*\r\n.*42,4,/],
    ],
  },
  {
    title: 'an endorsement key is not made here',
    fact: 'KEY-81',
    grade: 'ours',
    on: keyMakers,
    dialogue: [numbered, ['AT%KEYGEN=42,8', cme(514)]],
  },
  {
    title: '%KEYGEN takes the developer tags on nRF91x1',
    fact: 'KEY-03',
    grade: 'inferred',
    on: nrf91x1,
    dialogue: [['AT%KEYGEN=2147483648,2,0', shape]],
  },
  {
    title: '%KEYGEN takes no developer tags on mfw 1.3',
    fact: 'KEY-03',
    grade: 'documented',
    on: nrf9160.filter((line) => line.startsWith('1.3')),
    dialogue: [numbered, ['AT%KEYGEN=2147483648,2,0', cme(514)]],
  },
]
