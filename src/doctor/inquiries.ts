/** One question for the person in front, with the answers that it may have. */
export interface Inquiry {
  readonly id: string
  readonly words: string
  /** 1: a person knows it; 2: a look tells; 3: it takes a cable, or somebody at the broker. */
  readonly effort: 1 | 2 | 3
  readonly answers: readonly { readonly words: string; readonly says: string }[]
}

/** What can be asked, the cheapest first: what a person knows, what a look tells, what takes a cable or a look at the broker. */
export function inquiries(tag: number | undefined): readonly Inquiry[] {
  return [...ofMemory, ...ofLooks, ...(tag === undefined ? [] : [listingOf(tag)]), ...ofBroker]
}

const ofMemory: readonly Inquiry[] = [
  {
    id: 'changed',
    words: 'what changed before it began: SIM, network, server, firmware?',
    effort: 1,
    answers: [
      { words: 'the SIM', says: 'the SIM was changed' },
      { words: 'the network or the place', says: 'it was moved to another network' },
      { words: 'the server or its certificate', says: 'the server certificate was replaced' },
      { words: 'the firmware of the device', says: 'it fails since updating the firmware from v1 to v2' },
      { words: 'nothing; it worked for months', says: 'unchanged, it worked for months' },
    ],
  },
  {
    id: 'how-many',
    words: 'how many devices are concerned?',
    effort: 1,
    answers: [
      { words: 'one', says: 'only one unit fails; the other units work' },
      { words: 'all, since the same time', says: 'all devices stopped at the same time' },
    ],
  },
  {
    id: 'power',
    words: 'what happened to the power before?',
    effort: 1,
    answers: [
      { words: 'the battery ran empty', says: 'the battery ran empty' },
      { words: 'the power was cut, or broke down', says: 'the power was cut' },
      { words: 'it was reset again and again', says: 'too many resets without CFUN=0' },
      { words: 'nothing', says: '' },
    ],
  },
  {
    id: 'sdk',
    words: 'with which nRF Connect SDK was the application built?',
    effort: 1,
    answers: [
      { words: 'before 1.6', says: 'sdk=1.5.2' },
      { words: '1.6 or 1.7', says: 'sdk=1.7.0' },
      { words: '1.8 or later', says: 'sdk=2.6.0' },
    ],
  },
]

const ofLooks: readonly Inquiry[] = [
  {
    id: 'sim',
    words: 'what does AT+CPIN? answer?',
    effort: 2,
    answers: [
      { words: '+CPIN: READY', says: 'AT+CPIN? -> +CPIN: READY' },
      { words: 'an error', says: 'AT+CPIN? -> +CME ERROR: 13' },
    ],
  },
  {
    id: 'registration',
    words: 'what does AT+CEREG? answer, as its second number?',
    effort: 2,
    answers: [
      { words: '1 or 5: registered', says: 'AT+CEREG? -> +CEREG: 0,1' },
      { words: '0, 2 or 4: not registered', says: 'AT+CEREG? -> +CEREG: 0,2' },
      { words: '3: denied', says: 'AT+CEREG? -> +CEREG: 0,3' },
    ],
  },
]

const listingOf = (tag: number): Inquiry => {
  const row = (type: number): string => `%CMNG: ${tag},${type}`
  const asked = `> AT%CMNG=1,${tag}`
  return {
    id: 'listing',
    words: `what does AT%CMNG=1,${tag} list?`,
    effort: 2,
    answers: [
      { words: 'types 0, 1 and 2', says: [asked, ...[0, 1, 2].map((type) => `< ${row(type)}`), '< OK'].join('\n') },
      { words: 'type 0 alone', says: [asked, `< ${row(0)}`, '< OK'].join('\n') },
      { words: 'nothing but OK', says: [asked, '< OK'].join('\n') },
    ],
  }
}

const ofBroker: readonly Inquiry[] = [
  {
    id: 'port',
    words: 'does a computer reach the port: openssl s_client -connect HOST:8883?',
    effort: 2,
    answers: [
      { words: 'yes', says: 'CONNECTED(00000003)' },
      { words: 'refused, or no answer', says: 'connect:errno=111' },
      { words: 'the name is not found', says: 'could not resolve the host name' },
    ],
  },
  {
    id: 'broker',
    words: "what does the broker's log say at that second?",
    effort: 3,
    answers: [
      { words: 'alert unknown ca, or certificate unknown', says: 'broker: SSL routines::tlsv1 alert unknown ca' },
      { words: 'certificate verify failed', says: 'broker: SSL routines::certificate verify failed' },
      { words: 'peer did not return a certificate', says: 'broker: SSL routines::peer did not return a certificate' },
      { words: 'not authorised, or closed without CONNACK', says: 'broker: Client x disconnected: not authorised.' },
      { words: 'nothing at all', says: '' },
    ],
  },
]
