import { simCause } from '../../numbers/index.ts'
import type { Slot } from '../../terms/index.ts'
import type { Tell } from '../ledger.ts'
import { type Asked, fieldsOf, wholeOf } from './command.ts'
import { tellContent } from './content.ts'
import type { Line } from './line.ts'

/** What a line's fields are given to, by its name. `rest` is what stands behind the name, as it came. */
type Information = (line: Line, fields: string[], tell: Tell, rest: string) => void

const informations: Readonly<Record<string, Information>> = {
  '+CFUN': readMode,
  '+CEREG': (line, _, tell, rest) => readRegistration(line, rest, tell),
  // What modems of other makes say of the same.
  '+CGREG': (line, _, tell, rest) => readRegistration(line, rest, tell),
  '+CSQ': (line, fields, tell) => {
    if (wholeOf(fields[0]) === 99) tell(line, 'signal', {})
  },
  '+CGPADDR': (line, fields, tell) => readAddress(line, fields[1], tell),
  '+CGDCONT': (line, fields, tell) => readAddress(line, fields[3], tell),
  '+CPIN': (line, _, tell, rest) => readPin(line, rest.trim(), tell),
  '%XSIM': readSim,
  '%MDMEV': (line, _, tell, rest) => {
    // POW-21
    if (rest.startsWith('RESET LOOP')) tell(line, 'barred', { words: '%MDMEV: RESET LOOP' })
  },
  '%XMONITOR': readMonitor,
  '+CEER': (line, _, tell, rest) => readRefusal(line, rest, tell),
  '%XSYSTEMMODE': readSystemMode,
  '%CESQ': (line, fields, tell) => readSignal(line, fields[0], tell),
  '+CESQ': (line, fields, tell) => readSignal(line, fields[5], tell),
  '+CNEC_EMM': readRejection,
  '+CNEC_ESM': readBearer,
  '+CCLK': (line, _, tell, rest) => readClock(line, rest, tell),
  '%CCLK': (line, _, tell, rest) => readClock(line, rest, tell),
  '%XVBAT': readSupply,
}

/** Tells what one information line says, as an answer to a question or unasked; gives the slot that a listing line names. */
export function readInformation(line: Line, text: string, asked: Asked | undefined, tell: Tell): Slot | undefined {
  const [, name = '', rest = ''] = /^([+%#]\w+): ?(.*)$/s.exec(text) ?? []
  const fields = fieldsOf(rest)
  const known = name.toUpperCase()
  if (known === '%CMNG') return readHeld(line, fields, rest.trimEnd().endsWith('"'), asked, tell)
  if (known === '+CRSM' && asked?.params[1] === forbiddenNetworks) readForbidden(line, fields, tell)
  informations[known]?.(line, fields, tell, rest)
  return undefined
}

/** CMNG-38: a listing line is tag, type and, on most firmware, a digest. */
function readHeld(
  line: Line,
  fields: string[],
  closed: boolean,
  asked: Asked | undefined,
  tell: Tell,
): Slot | undefined {
  const [tag, type] = [wholeOf(fields[0]), wholeOf(fields[1])]
  if (tag === undefined || type === undefined || type > 255) return undefined
  const digest = /^([0-9A-F]{2})\1{31}$/i.test(fields[2] ?? '') ? 'placeholder' : 'sha256'
  if (asked?.name !== '%CMNG') tell(line, 'held', { tag, type, digest })
  // CMNG-45: what may be read back stands behind the digest. Where the record breaks off, so does the text.
  const content = fields[3]
  if (content !== undefined && closed) tellContent(line, { tag, type }, content, 'read', tell)
  return { tag, type }
}

function readMode(line: Line, fields: string[], tell: Tell): void {
  const mode = fields.length === 1 ? wholeOf(fields[0]) : undefined
  if (mode !== undefined) tell(line, 'mode', { mode, how: 'read' })
}

/**
 * A notification begins with the state, an answer with the setting of notifications and then the state; what comes next is
 * a quoted area code, so that the second field tells which it is. Cause type 0 is an EMM cause (MODE-33).
 */
function readRegistration(line: Line, said: string, tell: Tell): void {
  // Where people leave out area and cell, dots stand for both.
  const rest = said.replace(/,\s?(?:\.{2,3}|…)\s?(?=,)/, ',,')
  const raw = rest.split(',')
  const fields = fieldsOf(rest)
  const answer = /^\s*\d{1,2}\s*(?:$|[(\s])/.test(raw[1] ?? '')
  const own = answer ? fields.slice(1) : fields
  // Behind the last field people note when that was.
  const last = /^\s*\d{1,3}(?=\s|$)/.exec(own[5] ?? '')?.[0]
  const [stat, cause, reject] = [wholeOf(own[0]), wholeOf(own[4]), wholeOf(last)]
  if (stat === undefined) return
  // MODE-31: 90 is a failure of the card, told in the place of a registration.
  if (stat === 90) return tell(line, 'sim', { state: 'failed', what: '+CEREG: 90' })
  tell(line, 'registration', { stat, ...(cause === 0 && reject !== undefined && { reject }) })
}

/** Of several contexts one that has an address is enough. */
function readAddress(line: Line, address: string | undefined, tell: Tell): void {
  tell(line, 'address', { given: address !== undefined && /[1-9a-f]/i.test(address) })
}

function readPin(line: Line, state: string, tell: Tell): void {
  if (state === 'READY') tell(line, 'sim', { state: 'ready', what: '+CPIN: READY' })
  else if (/^(?:SIM|PH)[- ]\w+/.test(state))
    tell(line, 'sim', { state: 'locked', what: `+CPIN: ${state.slice(0, 20)}` })
}

function readSim(line: Line, fields: string[], tell: Tell): void {
  const [state, cause] = [wholeOf(fields[0]), wholeOf(fields[1])]
  if (state === 1) return tell(line, 'sim', { state: 'ready', what: '%XSIM: 1' })
  if (state !== 0) return
  // With the radio off it is so, and nothing is wrong (MODE-25).
  if (cause === undefined) return tell(line, 'sim', { state: 'refuses', what: '%XSIM: 0' })
  const words = simCause(cause)?.words
  const locked = cause >= 1 && cause <= 8
  tell(line, 'sim', {
    state: locked ? 'locked' : 'failed',
    what: `%XSIM: 0,${cause}${words === undefined ? '' : ` (${words})`}`,
  })
}

/** MODE-41, MODE-49: local time, and how many quarters of an hour it is ahead of UTC. */
function readClock(line: Line, rest: string, tell: Tell): void {
  const found = /"(\d\d)\/(\d\d)\/(\d\d),(\d\d):(\d\d):(\d\d)(?:([+-]\d\d))?"/.exec(rest)
  if (found === null) return
  const [year = 0, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0, quarters = 0] = found
    .slice(1)
    .map((digits) => Number(digits ?? 0))
  const century = year >= 70 ? 1900 : 2000
  const local = Date.UTC(century + year, month - 1, day, hours, minutes, seconds)
  tell(line, 'clock', { at: local - quarters * 15 * 60_000, of: 'modem' })
}

function readSupply(line: Line, fields: string[], tell: Tell): void {
  const millivolt = wholeOf(fields[0])
  if (millivolt !== undefined && millivolt >= 1000 && millivolt <= 6000) tell(line, 'supply', { millivolt })
}

/** MODE-38: LTE-M, NB-IoT, GNSS, preference. */
function readSystemMode(line: Line, fields: string[], tell: Tell): void {
  const [ltem, nbiot] = fields
  if (/^[01]$/.test(ltem ?? '') && /^[01]$/.test(nbiot ?? ''))
    tell(line, 'system-mode', { ltem: ltem === '1', nbiot: nbiot === '1' })
}

/** MODE-61: steps of 1 dB from -140 dBm on; 255 is not known, or nothing to be measured. */
function readSignal(line: Line, field: string | undefined, tell: Tell): void {
  const step = wholeOf(field)
  if (step === 255) tell(line, 'signal', {})
  else if (step !== undefined && step <= 97) tell(line, 'signal', { dbm: step - 140 })
}

function readBearer(line: Line, fields: string[], tell: Tell): void {
  const cause = wholeOf(fields[0])
  if (cause !== undefined && cause < 256) tell(line, 'bearer', { cause })
}

/** `AT+CNEC=8`: EMM causes told unasked, whatever the registration says of itself (MODE-62). */
function readRejection(line: Line, fields: string[], tell: Tell): void {
  const reject = wholeOf(fields[0])
  if (reject !== undefined && reject < 256) tell(line, 'registration', { stat: 3, reject })
}

/** MODE-36: the state comes first, with everything behind it or with nothing. */
function readMonitor(line: Line, fields: string[], tell: Tell): void {
  const stat = wholeOf(fields[0])
  if (stat !== undefined && stat <= 5) tell(line, 'registration', { stat })
}

/** MODE-55: `+CEER: "EMM 11"`. */
function readRefusal(line: Line, rest: string, tell: Tell): void {
  const reject = wholeOf(/\bEMM(?: cause)?[" ,]{1,3}(\d{1,2})\b/i.exec(rest)?.[1])
  if (reject !== undefined) tell(line, 'registration', { stat: 3, reject })
}

/** EF_FPLMN, 0x6F7B: networks that refused the card, three octets each (MODE-63). */
const forbiddenNetworks = '28539'

function readForbidden(line: Line, fields: string[], tell: Tell): void {
  const [status, , content = ''] = fields
  const entries = content.match(/[0-9A-F]{6}/gi) ?? []
  if (status === '144' && entries.some((entry) => !/^F{6}$/i.test(entry)))
    tell(line, 'seen', { sign: 'network-forbidden' })
}
