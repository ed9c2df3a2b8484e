import { type Rehearsal, type RehearsalOrder, rehearse as rehearseAt } from '../../broker/index.ts'
import type { Material, Settled } from '../../plan/index.ts'
import { byteText, credentialType } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import { obstacleFailure } from '../obstacles.ts'
import { atLeastOne, jobOptions, readJobOptions } from '../options.ts'
import type { Ending, Output } from '../output.ts'
import { placeWords, readPlace } from '../place.ts'
import type { Typed, Verb } from '../verb.ts'
import { settleJob } from '../wanted.ts'

const usualPort = 8883

/** `sectag rehearse` */
export const rehearse: Verb = {
  name: 'rehearse',
  summary: 'try the broker from this computer with the files that are meant for a board; never PASS',
  examples: [
    'sectag rehearse broker.example.com --tag 16842753 --ca root.crt --cert BT36-chain.crt --key BT36.key',
    'sectag rehearse 127.0.0.1:8883 manifest.yaml --name broker.example.com',
    'sectag rehearse broker.example.com manifest.yaml --topic lab/sectag --json',
  ],
  shape(command) {
    command.argument('<broker>', `HOST or HOST:PORT (${usualPort})`)
    jobOptions(command)
    command
      .option('--name <name>', 'the name that the boards connect to, if it is another')
      .option('--topic <topic>', 'publish one test message there; without it nothing is published')
      .option('--timeout <seconds>', 'how long to wait', atLeastOne, 10)
  },
  async run(context, output, typed) {
    const [text = '', ...args] = typed.args
    const { host, port = usualPort } = readPlace(text) ?? {}
    if (host === undefined) return noPlace(text)
    const job = readJobOptions(context, { ...typed, args }, 'rehearse')
    if ('exit' in job) return job
    const settled = await settleJob(context, output, typed, job)
    if ('exit' in settled) return settled
    const order = orderOf(context, typed, settled, { host, port })
    if ('exit' in order) return order
    const place = placeWords(host, port)
    output.notice('rehearsing', `Connecting to ${place} from this computer, with a client id of its own …`)
    const rehearsal = await rehearseAt(order)
    output.event('rehearsal', { place, ...rehearsal })
    const line = order.name === undefined ? typed.line : undefined
    if (!rehearsal.reached)
      return {
        ...obstacleFailure(rehearsal, { place, host: order.name ?? host, line }),
        verdict: 'UNKNOWN',
        proof: 'none',
      }
    output.say(reachedWords(output, place, rehearsal, typed))
    return { exit: 0, verdict: 'UNKNOWN', proof: 'rehearsed' }
  },
}

/** The files as the host's TLS takes them; an Ending where a board could use them and this computer cannot. */
function orderOf(
  context: Context,
  { options }: Typed,
  settled: Settled,
  place: { host: string; port: number },
): RehearsalOrder | Ending {
  if (settled.wanted.some((want) => want.source === 'enrol')) return bornInside
  const of = (type: number): Material[] => [...settled.materials.values()].filter(({ slot }) => slot.type === type)
  if (of(credentialType.psk).length > 0) return pskOnly
  const [chain] = of(credentialType.clientCertificate)
  const [key] = of(credentialType.privateKey)
  return {
    ...place,
    roots: of(credentialType.rootCa)
      .map(({ content }) => byteText(content.reveal()))
      .join('\n'),
    ...(chain !== undefined && { chain: byteText(chain.content.reveal()) }),
    ...(key !== undefined && { key: key.content }),
    ...(typeof options['name'] === 'string' && { name: options['name'] }),
    ...(typeof options['topic'] === 'string' && { topic: options['topic'] }),
    timeoutMs: (options['timeout'] as number) * 1000,
    random: context.random,
    now: context.clock.now(),
  }
}

function reachedWords(output: Output, place: string, { server, clientId }: Rehearsal, { options }: Typed): string {
  const who = server === undefined ? '' : ` It is ${server.subject}, valid until ${server.notAfter}.`
  const published =
    typeof options['topic'] === 'string'
      ? `One message was published to ${options['topic']}.`
      : 'Nothing was published.'
  const head = output.look('strong', 'REHEARSED')
  const unknown = output.look('unknown', 'UNKNOWN')
  return `${head}  ${place} accepted a session from this computer with these files, as ${clientId}.${who} ${published}\nWhat a board holds, and whether it connects, is ${unknown}: this was not the board.`
}

function noPlace(text: string): Ending {
  return {
    exit: 2,
    failure: {
      what: `${text} is no place of a broker`,
      state: 'nothing was tried',
      why: 'a host is expected, with a port behind it if it is not 8883',
      next: 'sectag rehearse 127.0.0.1:8883 --help',
    },
  }
}

const bornInside: Ending = {
  exit: 2,
  failure: {
    what: 'the private key is to be born in the modem, so this computer has none to rehearse with',
    state: 'nothing was tried',
    why: 'such a key never leaves the modem',
    next: "sectag watch --help   # waits at the broker for the board's own application",
  },
}

const pskOnly: Ending = {
  exit: 2,
  failure: {
    what: 'a rehearsal with a pre-shared key is not built yet',
    state: 'nothing was tried',
    why: 'rehearse knows certificates only',
    next: 'sectag rehearse --help',
  },
}
