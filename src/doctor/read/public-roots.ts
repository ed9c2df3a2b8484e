import { publicRootIn } from '../../numbers/index.ts'
import type { Tell } from '../ledger.ts'
import type { Line, Reader } from './line.ts'

/** One cheap search that a line must pass. */
const gate = /DST[ _]Root|Let'?s Encrypt|Baltimore|VeriSign|GlobalSign|AddTrust|DigiCert/i
/** What `openssl s_client` shows of a chain is what a server serves, and not what a device holds. */
const served = /^\s*(?:\d+ s:|[ai]:|depth=\d|(?:subject|issuer)\s?=|verify (?:return|error)|CONNECTED)/
/** The subject of a file, as `openssl x509` shows it, is what somebody has. */
const ofFile = /^\s*subject\s?=/
/** What was put in the place of the old one is held no more. */
const replaced = /\b(?:replac\w+|removed|deleted|instead of|no longer (?:use|store|hold)\w*)\b/i

const months = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec'
const iso = /\b(20\d\d-[01]\d-[0-3]\d)\b/
const dayFirst = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? (${months})[a-z]{0,6},? (20\\d\\d)\\b`, 'i')
const monthFirst = new RegExp(`\\b(${months})[a-z]{0,6} (?:(\\d{1,2})(?:st|nd|rd|th)?,? )?(20\\d\\d)\\b`, 'i')
const dated = /\b20\d\d\b/

/** Public roots that came to an end and that are named, and the latest date that stands beside them in the same evidence. */
export function publicRootReader(tell: Tell): Reader {
  const named = new Map<string, Line>()
  let latest: number | undefined
  let inFile = false
  return {
    line(line) {
      const at = dated.test(line.raw) ? dateIn(line.raw.slice(0, 400)) : undefined
      if (at !== undefined) latest = Math.max(latest ?? at, at)
      if (line.text.includes('openssl')) inFile = /\bopenssl\s+x509\b/.test(line.text)
      if (!gate.test(line.text) || replaced.test(line.text)) return
      if (served.test(line.text) && !(inFile && ofFile.test(line.text))) return
      const root = publicRootIn(line.text.slice(0, 1024))
      if (root !== undefined && !named.has(root.name)) named.set(root.name, line)
    },
    end() {
      for (const [name, line] of named)
        tell(line, 'public-root', { name, how: 'named', ...(latest !== undefined && { at: latest }) })
    },
  }
}

/** The date of a line, as logs and people write it; a month without a day stands for its end. */
function dateIn(text: string): number | undefined {
  const at = Date.parse(iso.exec(text)?.[1] ?? wordedDate(text))
  return Number.isNaN(at) ? undefined : at
}

function wordedDate(text: string): string {
  const [, day, month, year] = dayFirst.exec(text) ?? []
  if (day !== undefined) return `${day} ${month} ${year} UTC`
  const [, name, ofMonth = '28', ofYear] = monthFirst.exec(text) ?? []
  return name === undefined ? '' : `${ofMonth} ${name} ${ofYear} UTC`
}
