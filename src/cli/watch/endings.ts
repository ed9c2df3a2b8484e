import { type Expected, type Finding, type Sighting, unfitness } from '../../broker/index.ts'
import { SectagError } from '../../terms/index.ts'
import type { Ending, Output } from '../output.ts'
import { placeWords } from '../place.ts'
import { nextAfter, type Place } from './refusals.ts'
import type { WitnessOrder } from './witness.ts'
import { isRefusedOwn, mostTelling, tellingWords } from './words.ts'

/** The end of a watch that saw no proof: FAIL where the board itself was seen and refused, else UNKNOWN, and then to watch again may help. */
export function unproven(
  output: Output,
  { line, place }: { readonly line: string; readonly place: Place },
  seen: readonly Sighting[],
  expected: readonly Expected[],
): Ending {
  const failed = isRefusedOwn(seen, expected)
  const verdict = failed ? 'FAIL' : 'UNKNOWN'
  const told = mostTelling(seen, expected)
  const telling = tellingWords(told, expected)
  const head = output.look(failed ? 'bad' : 'unknown', verdict)
  output.event(
    'verdict',
    { verdict, proof: 'none', asked: 'session', enough: false, seen: seen.length },
    `${head}  ${failed ? 'The board came and was refused.' : 'No session of it was seen.'}`,
  )
  return {
    exit: failed ? 5 : 1,
    verdict,
    proof: 'none',
    failure: {
      what: failed
        ? `the board's certificate was seen, and no session came of it: ${telling ?? ''}`
        : 'no session of the board was seen',
      state: 'the board was not touched; nothing is known of what it holds',
      why: telling ?? 'nobody connected: the board is off, has no network, or connects to another place',
      next: failed && told?.refused !== undefined ? nextAfter(told.refused, place) : line,
    },
  }
}

/** A watch that could not begin. */
export function notStarted(order: WitnessOrder, error: Error): Ending {
  const unfit = unfitness(error)
  if (unfit !== undefined) return notForModems(unfit)
  const { code } = error as NodeJS.ErrnoException
  const place = placeWords(order.listen.host, order.listen.port)
  const taken = code === 'EADDRINUSE' || code === 'EACCES' || code === 'EADDRNOTAVAIL'
  // What the TLS library says may quote a file; what we say ourselves does not.
  const { path } = error as NodeJS.ErrnoException
  const file = path === undefined ? code : `${path} cannot be read (${code})`
  const words = error instanceof SectagError ? error.message : (file ?? error.message)
  const what = taken ? `nobody can listen at ${place}: ${code}` : `the watch could not begin: ${words}`
  return {
    exit: taken ? 3 : 2,
    failure: {
      what,
      state: 'nothing was begun',
      why: taken
        ? 'another program listens there, or it is not allowed to'
        : 'a file cannot be read, or is no certificate, key or list',
      next: 'sectag watch --help',
    },
  }
}

/** A listener of ours that no modem could enter: it is better not there than to be blamed on boards. */
function notForModems({ class: fault, what, why, facts, fix }: Finding): Ending {
  return {
    exit: 2,
    failure: {
      what: `no modem could enter a broker with this --server-cert: ${what} [${fault}]`,
      state: 'nothing was begun, and nobody listens',
      why: facts.length === 0 ? why : `${why} (${facts.join(', ')})`,
      next: `sectag watch --help   # again, when this is done: ${fix}`,
    },
  }
}
