import { readAttestation } from '../../../src/identity/index.ts'
import { hex } from '../../../src/terms/index.ts'
import { type Case, cme, numbered } from '../case.ts'
import { all, below, from, keyMakers } from '../lines.ts'

const challenge = '90115c20ac3f381b520b43c76bd5d99c'

/** What the modem signs of itself. */
export const tokenCases: readonly Case[] = [
  {
    title: 'an attestation token has 180 characters',
    fact: 'KEY-39',
    grade: 'documented',
    on: keyMakers,
    dialogue: [
      ['AT%ATTESTTOKEN', /^%ATTESTTOKEN: "[\w-]+\.[\w-]+"\r\nOK$/],
      ['AT%ATTESTTOKEN', { shows: '180 characters', holds: (text) => text.split('"')[1]?.length === 180 }],
    ],
  },
  {
    title: 'a challenge is in the token, and two tokens differ without one',
    fact: 'KEY-38',
    grade: 'documented',
    on: keyMakers,
    dialogue: [
      ['AT%ATTESTTOKEN', /OK$/],
      ['AT%ATTESTTOKEN', { shows: 'another token', holds: (text, before) => text !== before[0] }],
      [
        `AT%ATTESTTOKEN="${challenge}"`,
        {
          shows: 'the challenge',
          holds(text) {
            const read = readAttestation(text.split('"')[1] ?? '')
            return read.ok && hex(read.value.nonce) === challenge
          },
        },
      ],
    ],
  },
  {
    title: 'M6 at%attesttoken works in lower case',
    fact: 'AT-03',
    grade: 'documented',
    on: keyMakers,
    dialogue: [['at%attesttoken', /^%ATTESTTOKEN: "/]],
  },
  {
    title: 'M73 %ATTESTTOKEN needs no credential and changes none',
    fact: 'KEY-43',
    grade: 'seen',
    on: keyMakers,
    dialogue: [
      ['AT%CMNG=1', /OK$/],
      ['AT%ATTESTTOKEN', /OK$/],
      ['AT%CMNG=1', { shows: 'the same list', holds: (text, before) => text === before[0] }],
    ],
  },
  {
    title: '%CLAIMTOKEN answers 529 where it exists, from mfw 1.3.4 on',
    fact: 'ID-59',
    grade: 'ours',
    on: from('1.3.5'),
    dialogue: [numbered, ['AT%CLAIMTOKEN=42', cme(529)], [`AT%CLAIMTOKEN=42,"${challenge}"`, cme(529)]],
  },
  {
    title: '%CLAIMTOKEN is unknown below mfw 1.3.4',
    fact: 'ID-38',
    grade: 'documented',
    on: below('1.3.5'),
    dialogue: [numbered, ['AT%CLAIMTOKEN=42', cme(0)]],
  },
  {
    title: 'no command deletes the identity key: tokens are made after every attempt',
    fact: 'CMNG-94',
    grade: 'inferred',
    on: keyMakers,
    dialogue: [numbered, ['AT%CMNG=3,4294967294,6', cme(514)], ['AT%ATTESTTOKEN', /^%ATTESTTOKEN: "/]],
  },
  {
    title: 'what is answered has one final result, and it is the last line',
    fact: 'AT-16',
    grade: 'documented',
    on: all,
    dialogue: [
      ['AT+CGMR', /^[^\r\n]+\r\nOK$/],
      ['AT%CMNG=3,42,4', 'ERROR'],
      ['AT+CFUN?', /^[^\r\n]+\r\nOK$/],
    ],
  },
]
