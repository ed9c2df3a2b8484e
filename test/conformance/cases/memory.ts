import { type Case, type Event, numbered, restart } from '../case.ts'
import { all, below, from, keyMakers } from '../lines.ts'

const short = 'a'
const long = 'b'.repeat(200)

/** The power goes in the middle of the content of a write over an older item, and comes back. */
const cutInTheMiddle: Event = {
  event: 'the power goes while 200 bytes are written over an older item, and comes back',
  happens(modem) {
    modem.cutPower(100)
    modem.execute(`AT%CMNG=0,42,4,"${long}"`)
    modem.restart()
  },
}

/** What our own model of the memory leaves after a cut: no source tells what a real one does (OPEN-11). */
export const memoryCases: readonly Case[] = [
  {
    title: 'a careless memory lists what a cut has left, and it is neither the old item nor the new one',
    fact: 'LOSS-56',
    grade: 'ours',
    on: below('1.3.2'),
    dialogue: [
      [`AT%CMNG=0,42,4,"${short}"`, 'OK'],
      cutInTheMiddle,
      ['AT%CMNG=1,42,4', /^%CMNG: 42,4,"\w{64}"\r\nOK$/],
      [
        'AT%CMNG=2,42,4',
        { shows: 'damaged content', holds: (text) => !text.includes(`"${short}"`) && !text.includes(long) },
      ],
    ],
  },
  {
    title: 'a cautious memory holds nothing where a write over an older item was cut',
    fact: 'LOSS-56',
    grade: 'ours',
    on: from('1.3.2').filter((line) => !from('2.0.2').includes(line)),
    dialogue: [[`AT%CMNG=0,42,4,"${short}"`, 'OK'], cutInTheMiddle, ['AT%CMNG=1,42,4', 'OK']],
  },
  {
    title: 'a journalled memory holds the older item where a write over it was cut',
    fact: 'LOSS-56',
    grade: 'ours',
    on: from('2.0.2'),
    dialogue: [
      [`AT%CMNG=0,42,4,"${short}"`, 'OK'],
      cutInTheMiddle,
      ['AT%CMNG=2,42,4', new RegExp(`,"${short}"\r\nOK$`)],
    ],
  },
  {
    title: 'what was answered with OK is there after the power went',
    fact: 'LOSS-17',
    grade: 'inferred',
    on: all,
    dialogue: [[`AT%CMNG=0,42,4,"${long}"`, 'OK'], restart, ['AT%CMNG=2,42,4', new RegExp(`,"${long}"\r\nOK$`)]],
  },
  {
    title: 'a factory reset leaves the credentials where they are, also after the start that it waits for',
    fact: 'LOSS-13',
    grade: 'ours',
    on: keyMakers,
    dialogue: [
      [`AT%CMNG=0,42,4,"${short}"`, 'OK'],
      ['AT%XFACTORYRESET=0', 'OK'],
      restart,
      ['AT%CMNG=2,42,4', new RegExp(`,"${short}"\r\nOK$`)],
    ],
  },
  {
    title: 'its TLS remembers no session, so that every handshake is a full one',
    fact: 'TLS-22',
    grade: 'ours',
    on: all,
    dialogue: [{ shows: 'no session cache', seen: ({ tlsSessions }) => tlsSessions === undefined }],
  },
  {
    title: 'the head of a %JWT names the digest of the key that signed it',
    fact: 'KEY-82',
    grade: 'ours',
    on: keyMakers,
    dialogue: [numbered, ['AT%JWT', { shows: 'a head with a kid of 64 hexadecimal digits', holds: namesItsKey }]],
  },
]

function namesItsKey(text: string): boolean {
  const head = /^%JWT: "([\w-]+)\./.exec(text)?.[1] ?? ''
  try {
    const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as { kid?: string }
    return kid !== undefined && /^[0-9a-f]{64}$/.test(kid)
  } catch {
    return false
  }
}
