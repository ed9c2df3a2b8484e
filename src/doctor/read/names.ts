import type { Tell } from '../ledger.ts'
import type { Line, Reader } from './line.ts'

const host = '((?:\\*\\.)?[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?(?:\\.[a-z0-9-]{1,63}){1,6}|localhost)'
/** A name that is connected to, as commands, addresses and settings have it. */
const dialled = new RegExp(
  `(?:\\s-h |\\s-connect |\\b(?:mqtts?|ssl|wss|https|coaps)://|\\b(?:setServer|connect)\\("|\\b(?:tls_)?hostname ?= ?"|\\bCONFIG_\\w{1,60}_HOSTNAME="?)${host}`,
  'gi',
)
/** A name that a certificate of a server is made out to. */
const certified = new RegExp(`\\b(?:CN ?[=:]? ?|common name (?:is |=)?|DNS:|SAN\\W{1,3}(?:DNS:)?)"?${host}`, 'gi')
/** One cheap search, before those that are not. */
const mayName = /:\/\/|-h |-connect |\bCN\b|DNS:|\bSAN\b|common name|setServer|connect\(|hostname ?=/i
/** So many names are kept; a log may have thousands. */
const most = 32

/**
 * Which names are connected to and which ones the certificates have: where none of the first is among the second, the name may be
 * what is refused. Names without a dot are a client's or a CA's.
 */
export function nameReader(tell: Tell): Reader {
  const [asked, given] = [new Set<string>(), new Set<string>()]
  let last: Line | undefined
  return {
    line(line) {
      if (line.text.length > 1024 || !mayName.test(line.text)) return
      for (const [, name = ''] of line.text.matchAll(dialled)) keep(asked, name)
      for (const [, name = ''] of line.text.matchAll(certified)) {
        keep(given, name)
        last = line
      }
    },
    end() {
      if (last === undefined || asked.size === 0) return
      const fits = [...asked].some((name) => [...given].some((other) => covers(other, name)))
      if (!fits) tell(last, 'seen', { sign: 'names-differ' })
    },
  }
}

function keep(names: Set<string>, name: string): void {
  if (names.size < most) names.add(name.toLowerCase())
}

/** A star stands for one label. */
function covers(given: string, asked: string): boolean {
  if (given === asked) return true
  return given.startsWith('*.') && asked.slice(asked.indexOf('.') + 1) === given.slice(2)
}
