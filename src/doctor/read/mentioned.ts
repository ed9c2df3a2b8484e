import type { Tell } from '../ledger.ts'
import { readInformation } from './information.ts'
import { noEnd, type Reader } from './line.ts'

/** Lines of a modem in the middle of prose or of a log line: `seen before: +CEREG: 3,"002A","0102030A",7,0,8`. */
const information =
  /[+%](?:CEREG|CESQ|XMONITOR|XSIM|CNEC_E[SM]M|XVBAT|CPIN|MDMEV|XSYSTEMMODE|CCLK): ?(?:READY|SIM P[IU][NK]2?|RESET LOOP|(?:"[^"]{0,40}"|\w{0,12})(?:,(?:"[^"]{0,40}"|\w{0,12}|\.{2,3}|…)){0,12})/g
const refusal = /\bCM([ES])(?: ERROR)?[: ]{1,2}(\d{1,5})\b/gi
const emmCause =
  /\bEMM(?: reject\w*)?(?: cause)?[ :#="',]{1,4}(\d{1,2})\b|\b(?:attach|registration|TAU|tracking area update|network)\b.{0,24}\b(?:reject\w*|denied|refused)\b.{0,24}\bcause\W{0,3}(\d{1,2})\b|\bcause ?# ?(\d{1,2})\b|\b(?:reject\w*|refused|denied|barred)\b[^.]{0,16}\bcause\W{0,3}(\d{1,2})\b/i
/** A registration as a log of keys and values tells it. */
const keyed = /\bCEREG\b.{0,12}\bstat\w*[=: ]{1,2}([0-5])\b(?:.{0,80}\b(?:reject_)?cause[=: ]{1,2}(\d{1,2})\b)?/i
/** An ESM cause is the bearer's: `PDN reject cause 33`. */
const esmCause = /\b(?:ESM|PDN|PDP|bearer)\b[^.]{0,40}\bcause\W{0,3}(\d{1,3})\b|\bESM[ :#=]{1,2}(\d{1,3})\b/i
/** A command in the middle of a sentence, or one of several in a line. */
const systemMode = /(?:[^\s>] ?\bAT|;)%XSYSTEMMODE=([01]),([01])\b/i
/** The same of a modem by Quectel: LTE-M, NB-IoT, or both. */
const searchMode = /\bAT\+QCFG="iotopmode",([012])\b/i
const commandNamed = /\bAT([+%#][A-Z0-9_]{2,20})/i
const supply = /\bXVBAT\b[^\d]{0,24}\b([2-5]\d{3})\b/i
/** A level below which a signal is no use, as people write it. dBm. */
const level = /\bRSRP\b[^.;]{0,24}(-1[0-4]\d)\b(?!\d)/
/** A line of a dialogue is for its own reader. */
const dialogue =
  /^\s*(?:[<>] ?)?(?:[+%#]\w+: ?(?!.*[a-z]{2,} [a-z]{2,} )|OK$|ERROR$|\+CM[ES] ERROR: ?\d+$)|(?:->|→)(?!\s*AT[+%#])/

/** What people and logs quote of a modem in a sentence of theirs. */
export function mentionReader(tell: Tell): Reader {
  return {
    line(line) {
      const text = line.text.slice(0, 1024)
      if (dialogue.test(text)) return
      for (const [found] of text.matchAll(information)) readInformation(line, found.trim(), undefined, tell)
      const command = commandNamed.exec(text)?.[1]?.toUpperCase()
      for (const [, kind, code] of text.matchAll(refusal)) {
        const refused = { kind: kind?.toUpperCase() === 'S' ? 'cms' : 'cme', code: Number(code) } as const
        tell(line, 'refused', { ...refused, ...(command !== undefined && { command: `AT${command}` }) })
      }
      const bearer = numberIn(esmCause, text)
      if (bearer > 0) tell(line, 'bearer', { cause: bearer })
      const reject = bearer > 0 ? 0 : numberIn(emmCause, text)
      if (reject > 0) tell(line, 'registration', { stat: 3, reject })
      const [, stat, cause] = keyed.exec(text) ?? []
      if (stat !== undefined)
        tell(line, 'registration', { stat: Number(stat), ...(cause !== undefined && { reject: Number(cause) }) })
      const [, ltem, nbiot] = systemMode.exec(text) ?? []
      if (ltem !== undefined) tell(line, 'system-mode', { ltem: ltem === '1', nbiot: nbiot === '1' })
      const only = searchMode.exec(text)?.[1]
      if (only !== undefined) tell(line, 'system-mode', { ltem: only !== '1', nbiot: only !== '0' })
      const dbm = numberIn(level, text)
      if (dbm < 0) tell(line, 'signal', { dbm })
      const millivolt = Number(supply.exec(text)?.[1] ?? 0)
      if (millivolt > 0) tell(line, 'supply', { millivolt })
    },
    end: noEnd,
  }
}

/** The number that one of the groups found; 0 for none. */
function numberIn(pattern: RegExp, text: string): number {
  return Number(pattern.exec(text)?.slice(1).find(Boolean) ?? 0)
}
