import { type Expected, proves, type Sighting, waitForProof } from '../../broker/index.ts'
import type { Context } from '../context.ts'
import { type Home, readyHome, unusableHome } from '../home/home.ts'
import { carriers } from '../home/known.ts'
import { canKeepSessions, keepSession } from '../home/sessions.ts'
import { atLeastOne } from '../options.ts'
import type { Ending, Output } from '../output.ts'
import { placeWords } from '../place.ts'
import type { Typed, Verb } from '../verb.ts'
import { type Awaited, readAwaited } from '../watch/expected.ts'
import { readWitness, startWitness, type Witness } from '../watch/witness.ts'
import { notStarted, unproven } from '../watch/endings.ts'
import { SightingTeller } from '../watch/tell.ts'

/** `sectag watch` */
export const watch: Verb = {
  name: 'watch',
  summary: "wait at the broker until a board's own application connects: the way to PASS",
  examples: [
    'sectag watch --cert BT36-chain.crt --listen 0.0.0.0:8884 --in-front-of 127.0.0.1:8883 --broker-log /var/log/mosquitto/mosquitto.log',
    'sectag watch --cert BT36-chain.crt --server-cert server.crt --server-key server.key --client-ca root.crt',
    'sectag watch manifest.yaml --in-front-of broker:8883 --broker-log mosquitto.log --timeout 300 --json',
  ],
  shape(command) {
    command
      .argument('[manifest]', 'whose session: the certificates of a manifest')
      .option('--cert <file>', "whose session: the board's certificate or chain, PEM")
      .option('--imei <imei>', 'whose session: a board that sectag has written to; its born keys are known')
      .option('--client-id <id>', 'only this client id counts')
      .option('--listen <[host:]port>', 'where boards connect to; without a host, only from this computer', '8883')
      .option('--in-front-of <host:port>', 'pass everything on to this broker, which sees its own TLS')
      .option('--broker-log <file>', "that broker's log (Mosquitto's), which tells of sessions")
      .option('--fail-open', 'what cannot be watched there passes all the same; without it, it is cut')
      .option('--server-cert <file>', "instead: a small broker of our own, with this server's chain")
      .option('--server-key <file>', "that server's key")
      .option(
        '--client-ca <file>',
        'the CAs that boards must come from; with --in-front-of, the file that the broker uses',
      )
      .option('--crl <file>', 'certificates that were revoked; with --in-front-of, the file that the broker uses')
      .option('--timeout <seconds>', 'how long to wait; without it, until Ctrl-C', atLeastOne)
  },
  async run(context, output, typed) {
    const order = readWitness(context, typed)
    if ('exit' in order) return order
    const awaited = await readAwaited(context, output, typed)
    if ('exit' in awaited) return awaited
    const home = readyHome(typed.options['home'] as string | undefined, context)
    if ('exit' in home) return home
    const unkept = notKept(home)
    if (unkept !== undefined) return unkept
    const over = new AbortController()
    const signal = AbortSignal.any([context.signal, context.readerGone, over.signal])
    const witness = await startWitness(context, order, signal).catch((error: Error) => error)
    if (witness instanceof Error) return notStarted(order, witness)
    try {
      tellWaiting(output, witness, awaited)
      const seconds = typed.options['timeout'] as number | undefined
      if (seconds !== undefined)
        void context.clock.sleep(seconds * 1000, signal).then(
          () => over.abort(),
          () => {},
        )
      return await wait({ context, output, typed, witness, awaited, home, signal })
    } finally {
      over.abort()
      await witness.close()
    }
  },
}

/** A session that cannot be kept would have to be seen again: that is better said before anybody waits for it. */
function notKept(home: Home): Ending | undefined {
  try {
    canKeepSessions(home)
    return undefined
  } catch (error) {
    return unusableHome(home.path, error)
  }
}

interface Watch {
  readonly context: Context
  readonly output: Output
  readonly typed: Typed
  readonly witness: Witness
  readonly awaited: Awaited
  readonly home: Home
  readonly signal: AbortSignal
}

/** Waits for one certificate after the other; what was seen while waiting for one counts for the next too. */
async function wait({ context, output, typed, witness, awaited, home, signal }: Watch): Promise<Ending> {
  const clientId = typed.options['clientId'] as string | undefined
  const begun = context.clock.now()
  const expected = awaited.certificates.map(
    ({ fingerprint }): Expected => ({
      fingerprint,
      // What began in this very millisecond began after the watch did.
      after: Math.max(awaited.after, begun - 1),
      ...(clientId !== undefined && { clientId }),
    }),
  )
  const teller = new SightingTeller(output, witness.place, carriers(home))
  const seen: Sighting[] = []
  const proven: Sighting[] = []
  for (const one of expected) {
    const before = seen.find((sighting) => proves(sighting, one))
    const waited =
      before === undefined
        ? await waitForProof(witness.sightings, one, {
            signal,
            onSighting: (sighting) => {
              seen.push(sighting)
              teller.tell(sighting, one)
            },
          })
        : { proven: true as const, sighting: before }
    if (!waited.proven) return unproven(output, { line: typed.line, place: witness.place }, seen, expected)
    keepSession(home, waited.sighting, witness.kind)
    proven.push(waited.sighting)
  }
  const words = `${output.look('good', 'PASS')}  The broker accepted a session with ${awaited.certificates.map(({ subject }) => subject).join(' and ')}.`
  output.event(
    'verdict',
    { verdict: 'PASS', proof: 'session', asked: 'session', enough: true, sessions: proven },
    words,
  )
  return { exit: 0, verdict: 'PASS', proof: 'session' }
}

function tellWaiting(output: Output, witness: Witness, { certificates }: Awaited): void {
  const place = placeWords(witness.host, witness.port)
  const own = witness.host === '127.0.0.1' || witness.host === '::1'
  const reach = own ? ' (only from this computer; --listen 0.0.0.0:PORT lets boards in)' : ''
  const names = certificates.map(({ subject, fingerprint }) => `${subject} (SHA-256 ${fingerprint.slice(0, 16)}…)`)
  output.event(
    'listening',
    { place, witness: witness.kind, subjects: certificates.map(({ subject }) => subject) },
    `Listening at ${place}${reach}.\nWaiting for ${names.join(' and ')}: let the board connect, or reset it. Ctrl-C ends it.`,
  )
}
