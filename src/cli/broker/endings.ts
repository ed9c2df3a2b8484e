import type { BrokerCheck, BrokerCheckOrder, Finding } from '../../broker/index.ts'
import type { Exit } from '../exit-codes.ts'
import type { Ending, Output } from '../output.ts'
import { placeWords } from '../place.ts'
import { stoppedBy } from '../stopped-by.ts'

const exits = { enters: 0, unknown: 1, refuses: 5, unreached: 3 } as const satisfies Record<
  BrokerCheck['entering'],
  Exit
>

/** How a check ends: what would stop a modem first is its failure. */
export function endOfCheck(output: Output, order: BrokerCheckOrder, check: BrokerCheck, line: string): Ending {
  const place = placeWords(order.host, order.port)
  const { entering, findings } = check
  const [first] = findings
  const more = { entering, findings: findings.map((finding) => finding.class) }
  if (entering === 'enters' || first === undefined) {
    output.say(
      `\n${output.look('strong', 'ENTERS')}  As far as can be seen from here, a modem with this root CA would enter ${place}. ${notProven(check)}`,
    )
    return { exit: 0, more }
  }
  return { exit: exits[entering], more, failure: failureOf(place, first, line) }
}

function failureOf(place: string, finding: Finding, line: string): NonNullable<Ending['failure']> {
  const likely = finding.sure ? '' : 'likely, '
  return {
    what: `${place}: ${likely}${finding.what} [${finding.class}]`,
    state: 'nothing was changed: no board was touched, and the broker has seen handshakes only',
    why: finding.why,
    next: `${line}   # again, when this is done: ${finding.fix}`,
  }
}

/** Whoever reads on must not take it for a proof. */
function notProven({ session }: BrokerCheck): string {
  const mqtt = session === true ? 'MQTT was accepted too, with a client id of its own.' : 'MQTT was not tried.'
  return `${mqtt} What a board holds is not known here: \`sectag watch\` sees that.`
}

/** Somebody pressed Ctrl-C, or something told it to end. */
export function interrupted(line: string, signal: AbortSignal): Ending {
  return {
    exit: 1,
    failure: {
      what: 'interrupted before all was seen',
      state: 'nothing was changed at the broker',
      why: stoppedBy(signal),
      next: line,
    },
  }
}
