import { isBrokerLine } from './broker-line.ts'
import type { Line } from './line.ts'

const dials = /\bopenssl\s+s_client\b/
const givenCa = /-(?:CA(?:file|path|store)|verifyCAfile|chainCAfile)\b/
const over = /^\s*[$#] \S/

/**
 * Tells of each line whether it is what `openssl s_client` says of a server without having been given a CA. A computer that
 * was not told of a private CA trusts none: that says nothing of what a device holds.
 */
export function uninformedCheck(): (line: Line) => boolean {
  let inside = false
  return ({ text, raw, module }) => {
    if (text.includes('s_client') && dials.test(text)) inside = !givenCa.test(text)
    else if (!inside) return false
    else if (over.test(text) || module !== undefined || isBrokerLine(raw)) inside = false
    return inside
  }
}
