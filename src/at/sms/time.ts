import type { Bytes, Instant } from '../../terms/index.ts'
import { type OctetReader, unreadable } from './reader.ts'

const swap = (value: number): number => ((value % 10) << 4) | Math.floor(value / 10)

/** A time as seven octets (3GPP TS 23.040, 9.2.3.11), to the second, in UTC. */
export function timeField(instant: Instant): Bytes {
  const date = new Date(instant)
  const parts = [
    date.getUTCFullYear() % 100,
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    0,
  ]
  return Uint8Array.from(parts, swap)
}

/** Reads it, in whatever time zone it is written: quarters of an hour, bit 3 the sign. */
export function readTime(reader: OctetReader): Instant {
  const octets = reader.octets(7)
  const value = (octet: number): number => {
    const [tens, ones] = [octet & 0xf, octet >> 4]
    if (tens > 9 || ones > 9) unreadable('not-supported', 'a time has digits that are none')
    return tens * 10 + ones
  }
  const zone = octets[6] ?? 0
  const quarters = value(zone & 0xf7) * ((zone & 0x08) === 0 ? 1 : -1)
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = Array.from(octets.slice(0, 6), value)
  return Date.UTC(2000 + year, month - 1, day, hour, minute, second) - quarters * 900_000
}
