import { type Bytes, concatBytes, fromHex, hex, type Instant, type Outcome } from '../../terms/index.ts'
import { addressField, centreField, readAddress, readCentre } from './address.ts'
import { type OctetReader, octetReader, type PduProblem, reading, unreadable } from './reader.ts'
import { readTime, timeField } from './time.ts'
import { alphabetOf, codingOf, readUserData, type UserData, userDataField } from './user-data.ts'

/** A message on its way from a phone to the centre (3GPP TS 23.040, 9.2.2.2). */
export interface SmsSubmit {
  readonly kind: 'submit'
  readonly to: string
  /** 0 to 255; the modem puts its own in its place. */
  readonly reference: number
  /** Whether the sender wants to hear what became of it. */
  readonly wantsReport: boolean
  readonly data: UserData
}

/** A message on its way from the centre to a phone (9.2.2.1). */
export interface SmsDeliver {
  readonly kind: 'deliver'
  readonly from: string
  /** When the centre got it, to the second. */
  readonly at: Instant
  readonly data: UserData
}

/** What became of a message (9.2.2.3). */
export interface SmsReport {
  readonly kind: 'report'
  readonly reference: number
  readonly to: string
  readonly at: Instant
  readonly done: Instant
  /** 0 delivered; from 64 on the centre has given up (9.2.3.15). */
  readonly status: number
}

/** Bits of the first octet: what it is, a report is wanted, there is a header, there is no more to come. */
const [deliver, submit, report, srr, udhi, mms] = [0x00, 0x01, 0x02, 0x20, 0x40, 0x04]

const headed = ({ header = [] }: UserData): number => (header.length > 0 ? udhi : 0)

/** The octets of a message, without the address of a centre. */
export function formatPdu(pdu: SmsSubmit | SmsDeliver | SmsReport): Bytes {
  if (pdu.kind === 'report') {
    const head = Uint8Array.of(report | mms, pdu.reference)
    const tail = Uint8Array.of(pdu.status)
    return concatBytes([head, addressField(pdu.to), timeField(pdu.at), timeField(pdu.done), tail])
  }
  const coding = Uint8Array.of(0, codingOf(pdu.data))
  if (pdu.kind === 'deliver') {
    const head = Uint8Array.of(deliver | mms | headed(pdu.data))
    return concatBytes([head, addressField(pdu.from), coding, timeField(pdu.at), userDataField(pdu.data)])
  }
  // SMS-21
  const head = Uint8Array.of(submit | (pdu.wantsReport ? srr : 0) | headed(pdu.data), pdu.reference)
  return concatBytes([head, addressField(pdu.to), coding, userDataField(pdu.data)])
}

/** Reads what a phone sends. */
export function readSubmit(octets: Bytes): Outcome<SmsSubmit, PduProblem> {
  return reading(() => {
    const reader = octetReader(octets)
    const first = typed(reader, submit)
    const reference = reader.octet()
    const to = readAddress(reader)
    reader.octet()
    const alphabet = alphabetOf(reader.octet())
    // How long it is worth trying: in one octet or in seven.
    reader.octets({ 0x00: 0, 0x10: 1 }[first & 0x18] ?? 7)
    const data = readUserData(reader, alphabet, (first & udhi) !== 0)
    return { kind: 'submit', to, reference, wantsReport: (first & srr) !== 0, data }
  })
}

/** Reads what a centre delivers. */
export function readDeliver(octets: Bytes): Outcome<SmsDeliver, PduProblem> {
  return reading(() => {
    const reader = octetReader(octets)
    const first = typed(reader, deliver)
    const from = readAddress(reader)
    reader.octet()
    const alphabet = alphabetOf(reader.octet())
    const at = readTime(reader)
    return { kind: 'deliver', from, at, data: readUserData(reader, alphabet, (first & udhi) !== 0) }
  })
}

/** Reads what a centre reports. */
export function readReport(octets: Bytes): Outcome<SmsReport, PduProblem> {
  return reading(() => {
    const reader = octetReader(octets)
    typed(reader, report)
    const reference = reader.octet()
    const to = readAddress(reader)
    const [at, done, status] = [readTime(reader), readTime(reader), reader.octet()]
    return { kind: 'report', reference, to, at, done, status }
  })
}

function typed(reader: OctetReader, wanted: number): number {
  const first = reader.octet()
  return (first & 3) === wanted ? first : unreadable('wrong-type', `its type is ${first & 3}, not ${wanted}`)
}

/** Hexadecimal as `+CMGS` and `+CMT` carry it: a centre in front, empty for the SIM's own; and the length of what is behind. */
export function pduText(octets: Bytes, centre = ''): { text: string; length: number } {
  return { text: hex(concatBytes([centreField(centre), octets])).toUpperCase(), length: octets.length }
}

/** Reads it back; the length counts what is behind the centre, and says so itself where there is no centre at all (SMS-30). */
export function readPduText(text: string, length: number): Outcome<{ centre: string; octets: Bytes }, PduProblem> {
  return reading(() => {
    if (!/^(?:[0-9a-f]{2})+$/i.test(text)) return unreadable('not-hexadecimal', 'it is not hexadecimal')
    const all = fromHex(text)
    if (all.length === length) return { centre: '', octets: all }
    const reader = octetReader(all)
    const centre = readCentre(reader)
    const octets = reader.rest()
    if (octets.length !== length)
      return unreadable('wrong-length', `it has ${octets.length} octets behind its centre, not ${length}`)
    return { centre, octets }
  })
}
