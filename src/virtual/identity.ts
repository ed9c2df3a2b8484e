import { hex, seededRandom } from '../terms/index.ts'

/** Who a virtual modem is. The same seed and index give the same one on every machine. */
export interface VirtualIdentity {
  /** Fifteen digits from the range for tests (they begin with 00), with a valid check digit. */
  readonly imei: string
  readonly uuid: string
  readonly iccid: string
  /** Fifteen digits; the network is the one for tests, 001 01. */
  readonly imsi: string
  /** For what else is its own: digests of factory entries. */
  readonly seed: string
}

/** The check digit of an IMEI (3GPP 23.003, annex B). */
export function luhnDigit(digits: string): number {
  const sum = Array.from(digits, Number)
    .reverse()
    .map((digit, index) => (index % 2 === 0 ? digit * 2 : digit))
    .reduce((sum, value) => sum + Math.floor(value / 10) + (value % 10), 0)
  return (10 - (sum % 10)) % 10
}

/** The identity of the modem with this index among those of a seed. */
export function virtualIdentity(seed: string, index: number): VirtualIdentity {
  const first = seededRandom(seed).below(1_000_000)
  const serial = String((first + index) % 1_000_000).padStart(6, '0')
  const body = `00101500${serial}`
  const own = `${seed}/${index}`
  const random = seededRandom(own)
  const iccid = `8900101${String(random.below(10 ** 9)).padStart(9, '0')}${serial.slice(3)}`
  return {
    imei: `${body}${luhnDigit(body)}`,
    uuid: uuid(hex(random.bytes(10)), serial),
    iccid: `${iccid}F`,
    imsi: `00101${iccid.slice(-10)}`,
    seed: own,
  }
}

/** Device UUIDs look like version 4 and begin with six printable characters, the first a P (ID-24). */
function uuid(digits: string, serial: string): string {
  const name = hex(Uint8Array.from(`PV${serial.slice(0, 4)}`, (character) => character.charCodeAt(0)))
  const all = `${name}4${digits.slice(1, 4)}8${digits.slice(4, 7)}${digits.slice(7, 19)}`
  return [
    all.slice(0, 8),
    all.slice(8, 12),
    all.slice(12, 16),
    all.slice(16, 20),
    all.slice(20, 32).padEnd(12, '0'),
  ].join('-')
}
