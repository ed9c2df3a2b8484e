import type { Tell } from '../ledger.ts'
import { type Line, noEnd, type Reader } from './line.ts'

/** As OpenSSL prints dates: `notBefore=Nov  1 00:00:00 2026 GMT`, `Not Before: …`, `v:NotBefore: …; NotAfter: …`. */
const date = '([A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}) GMT'
const dated = /Not ?(?:Before|After)/i
const from = new RegExp(`\\bNot ?Before ?[:=] ?${date}`, 'i')
const until = new RegExp(`\\bNot ?After ?[:=] ?${date}`, 'i')
/** Mosquitto's own stamp: seconds since 1970. */
const stamp = /^\s*(1\d{9}): /

/** From when and until when certificates are valid, as `openssl x509` and `s_client` tell it, and what time it is at the broker. */
export function validityReader(tell: Tell): Reader {
  let told = false
  const tellTime = (line: Line): void => {
    const seconds = stamp.exec(line.raw)?.[1]
    if (seconds === undefined) return
    told = true
    tell(line, 'clock', { at: Number(seconds) * 1000, of: 'broker' })
  }
  return {
    line(line) {
      if (!told) tellTime(line)
      if (!dated.test(line.text)) return
      const [notBefore, notAfter] = [instantOf(from.exec(line.text)?.[1]), instantOf(until.exec(line.text)?.[1])]
      if (notBefore !== undefined) tell(line, 'validity', { edge: 'from', at: notBefore })
      if (notAfter !== undefined) tell(line, 'validity', { edge: 'until', at: notAfter })
    },
    end: noEnd,
  }
}

function instantOf(text: string | undefined): number | undefined {
  const at = text === undefined ? Number.NaN : Date.parse(`${text} UTC`)
  return Number.isNaN(at) ? undefined : at
}
