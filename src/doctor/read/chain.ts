import type { FactValues } from '../facts.ts'
import type { Tell } from '../ledger.ts'
import type { Line, Reader } from './line.ts'

/** `root > issuing > leaf`, as people note a chain down; names may have blanks. */
const noted = /\bchain\b[^:>]{0,24}:\s*([^>]{2,100}(?:>[^>]{2,100}){1,9})$/i
/** What is longer is a credential, or noise. */
const longestNoted = 2048
/** A size in prose: `the CA chain (5279 bytes)`. */
const sized = /\b(?:chain|certificates?|CA)\b[^.;]{0,50}?\b(\d{4,5}) ?(?:bytes|B)\b/i
/** The same in kB. */
const sizedInKilo = /\bchain\b[^.;]{0,50}?\b(\d{1,2}(?:\.\d{1,2})?) ?(?:kB|kilobytes)\b/i
/** `4 certs, sum of DER 6,702`, `DER total: 5410`. */
const summed =
  /\bDER\b[^.;\d]{0,16}\b(\d{1,2})[,' ]?(\d{3})\b|\b(?:sum|total|together|altogether)\b[^.;\d]{0,24}\b(\d{1,2})[,' ]?(\d{3})\b[^.;]{0,12}\b(?:bytes? )?DER\b/i
const working = /\b(?:working|good|ok)\b/i
const failing = /\b(?:failing|failed|bad|other|broken)\b/i
const pemBegin = /-----BEGIN CERTIFICATE-----/
const pemEnd = /-----END CERTIFICATE-----/

/** Chains of certificates: as people note them down, and as `openssl s_client -showcerts` prints what a server sends. */
export function chainReader(tell: Tell): Reader {
  const served = { certificates: 0, letters: 0, inside: false, shown: false }
  let first: Line | undefined
  return {
    line(line) {
      if (line.text.length > longestNoted) return
      const parts = noted.exec(line.text)?.[1]?.split('>').length
      if (parts !== undefined) tell(line, 'chain', { certificates: parts, of: whose(line.text) })
      const sum = summed.exec(line.text)?.slice(1).filter(Boolean).join('')
      const kilo = Number(sizedInKilo.exec(line.text)?.[1] ?? 0) * 1000
      const bytes = Number(sized.exec(line.text)?.[1] ?? sum ?? kilo)
      if (bytes > 0) tell(line, 'chain', { of: whose(line.text), bytes })
      if (/^\s*Certificate chain\s*$/.test(line.text)) {
        served.shown = true
        first = line
      }
      if (served.shown) countPem(line.text, served)
      if (/^\s*Server certificate\s*$/.test(line.text)) served.shown = false
    },
    end() {
      const { certificates, letters } = served
      // Four letters of base64 are three bytes.
      const bytes = Math.floor((letters * 3) / 4)
      if (first !== undefined && certificates > 0) tell(first, 'chain', { certificates, of: 'unsaid', bytes })
    },
  }
}

function whose(text: string): FactValues['chain']['of'] {
  if (failing.test(text)) return 'failing'
  return working.test(text) ? 'working' : 'unsaid'
}

function countPem(text: string, served: { certificates: number; letters: number; inside: boolean }): void {
  if (pemBegin.test(text)) served.inside = true
  else if (pemEnd.test(text)) {
    if (served.inside) served.certificates++
    served.inside = false
  } else if (served.inside) served.letters += text.trim().replace(/=+$/, '').length
}
