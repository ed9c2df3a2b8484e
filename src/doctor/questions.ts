import { emptyListings } from './empty-listings.ts'
import type { Facts } from './gather.ts'
import { lastSim, outElsewhere } from './rules/radio.ts'

/** A thing that can be asked for. */
export type Topic =
  | 'listing'
  | 'control'
  | 'broker-log'
  | 'build'
  | 'registration'
  | 'sim'
  | 'supply'
  | 'files'
  | 'served-chain'
  | 'tag-in-use'
  | 'log'
  | 'port'
  | 'bearer'
  | 'system-mode'
  | 'image'
  | 'serial-path'

/** The cheapest next test. */
export interface Question {
  readonly topic: Topic
  /** What is asked, and what the answer tells. */
  readonly words: string
  /** What to type on a cable, in order; empty where no cable answers it. */
  readonly cable: readonly string[]
  /** What to type on a computer, which asks no board; empty where none answers it. */
  readonly computer: readonly string[]
  /** The same by SMS, each at most 160 characters; empty where it cannot be asked so. */
  readonly sms: readonly string[]
}

interface Asked {
  readonly words: string
  readonly cable: (tag: string) => string[]
  readonly computer?: readonly string[]
  readonly sms: (tag: string) => string[]
  /** Whether the facts answer it already. */
  readonly known: (facts: Facts) => boolean
}

const nothing = (): string[] => []
const never = (): boolean => false
const atBoth = (...commands: string[]): Pick<Asked, 'cable' | 'sms'> => ({ cable: () => commands, sms: () => commands })

const whoIsHost = '   # HOST and port as the device has them'

const asked: Readonly<Record<Topic, Asked>> = {
  listing: {
    words: 'what the tag holds, type by type: it tells an empty tag from a wrong one and from a full one',
    cable: (tag) => [`AT%CMNG=1,${tag}`],
    // CMNG-38, SMS-24: one list line fits one message, and an empty listing comes back blank; so a control goes with it.
    sms: (tag) => ['AT+CFUN?', `AT%CMNG=1,${tag},0`, `AT%CMNG=1,${tag},1`, `AT%CMNG=1,${tag},2`],
    known: (facts) => {
      const tag = facts.tag?.tag
      if (tag === undefined) return emptyListings(facts).length > 0
      return [0, 1, 2].every((type) => /^(?:held|absent)$/.test(facts.slots.state(tag, type).is))
    },
  },
  control: {
    words:
      'a question that always has an answer, by the same way: only then a blank reply to a listing means that nothing is there',
    ...atBoth('AT+CFUN?', 'AT+CGMR'),
    known: (facts) => facts.slots.unvouched.length === 0,
  },
  'broker-log': {
    words: "the broker's log at that second: it tells who does not accept whom, or that nobody came",
    cable: nothing,
    sms: nothing,
    known: (facts) => facts.of('distrust').length + facts.of('broker-log').length > 0,
  },
  build: {
    words: 'the SDK version and the C library of the application: they tell what its number means',
    cable: () => ['AT+CGMR'],
    sms: () => ['AT+CGMR'],
    known: (facts) => facts.build.ncs !== undefined,
  },
  registration: {
    words: 'whether the device is registered: while it is not, nothing is known about credentials',
    ...atBoth('AT+CEREG?'),
    known: isRegistrationTold,
  },
  sim: {
    words: 'whether the SIM comes up',
    cable: () => ['AT+CPIN?', 'AT%XICCID'],
    sms: nothing,
    known: isSimTold,
  },
  supply: {
    words: 'the supply as the modem sees it, and what happened to the power before',
    ...atBoth('AT%XVBAT'),
    known: (facts) => facts.of('supply').length > 0,
  },
  files: {
    words: 'whether key and certificate are a pair: the two lines must be the same',
    cable: nothing,
    computer: ['openssl x509 -in device.crt -noout -pubkey', 'openssl pkey -in device.key -pubout'],
    sms: nothing,
    known: never,
  },
  'served-chain': {
    words:
      'the chain that the server serves now, its dates, and the root at its end; compare it with the root that was written',
    cable: nothing,
    computer: [`openssl s_client -connect HOST:8883 -showcerts${whoIsHost}`],
    sms: nothing,
    known: never,
  },
  'tag-in-use': {
    words: 'which security tag the application opens its socket with, and what all tags hold',
    cable: () => ['AT%CMNG=1'],
    sms: nothing,
    known: (facts) => facts.tag?.sure === true,
  },
  port: {
    words:
      'whether a plain TCP connection to that address and port succeeds: it tells a broker that is down from everything else',
    cable: nothing,
    computer: [`openssl s_client -connect HOST:8883${whoIsHost}`],
    sms: nothing,
    known: (facts) =>
      facts.of('seen').some(({ value }) => value.sign === 'port-closed' || value.sign === 'port-open') ||
      facts.of('distrust').length > 0 ||
      facts.of('broker-log').some(({ value }) => value.shows !== 'line'),
  },
  bearer: {
    words: 'whether the device has an address, and of which APN',
    ...atBoth('AT+CGDCONT?', 'AT+CGPADDR'),
    known: (facts) => facts.of('bearer').length + facts.of('address').length > 0,
  },
  'system-mode': {
    words: 'which radio the device asks for, and which one the network there offers',
    ...atBoth('AT%XSYSTEMMODE?', 'AT+CEREG?'),
    known: (facts) => facts.of('system-mode').length > 0,
  },
  image: {
    words: 'which file was written to which chip, by which switch position or port',
    cable: () => ['AT', 'AT+CGMR'],
    sms: nothing,
    known: never,
  },
  'serial-path': {
    words: 'whether a long line comes through unharmed: the same write by another cable, port or speed',
    cable: () => ['AT', 'AT+CMEE=1', 'AT%CMNG=1'],
    sms: nothing,
    known: never,
  },
  log: {
    words: "the application's log from boot to the failure: the number, the call that printed it, and the SDK version",
    cable: () => ['AT+CGMR', 'AT+CEREG?', 'AT%CMNG=1'],
    sms: () => ['AT+CGMR', 'AT+CEREG?'],
    known: never,
  },
}

/** Whether the modem itself has said what is with the card: what an application found is less. */
function isSimTold(facts: Facts): boolean {
  const ofModem = facts.of('sim').some(({ value }) => /^(?:\+CPIN|%XSIM|AT)/.test(value.what))
  return ofModem && outElsewhere(facts) === undefined
}

/** A card that does not come up is in no network: that needs no question. */
function isRegistrationTold(facts: Facts): boolean {
  const sim = lastSim(facts)
  const out = sim !== undefined && sim.value.state !== 'ready' && isSimTold(facts)
  return (out || facts.of('registration').length > 0) && outElsewhere(facts) === undefined
}

/** Whether the facts answer already what this topic asks. */
export function isKnown(topic: Topic, facts: Facts): boolean {
  return asked[topic].known(facts)
}

/** The first of the topics that the facts do not answer yet, as a question about this board. */
export function questionOf(topics: readonly Topic[], facts: Facts): Question | undefined {
  const topic = topics.find((candidate) => !isKnown(candidate, facts))
  if (topic === undefined) return undefined
  const tag = String(facts.tag?.tag ?? 'TAG')
  const { words, cable, computer = [], sms } = asked[topic]
  return { topic, words, cable: cable(tag), computer, sms: sms(tag) }
}
