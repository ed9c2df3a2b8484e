import { publicRootIn } from '../../numbers/index.ts'
import { certificateDetails, parsePem, type PemBlock } from '../../pki/index.ts'
import { hex } from '../../terms/index.ts'
import type { FactValues } from '../facts.ts'
import type { Tell } from '../ledger.ts'
import { holdingOfCertificate } from './holding.ts'
import type { Line, Reader } from './line.ts'
import { faultOf } from './pem-fault.ts'

type Pasted = FactValues['certificate']

const begin = /-----BEGIN (?:CERTIFICATE|PUBLIC KEY)-----/
const end = /-----END (?:CERTIFICATE|PUBLIC KEY)-----/
/** What is longer is no credential that a modem takes. */
const longest = 16_384
const armourLine = /^\s*(?:[A-Za-z0-9+/=]*|-----(?:BEGIN|END) [A-Z0-9 ]+-----|<struck>)\s*$/

/** Certificates that stand in the evidence by themselves: pasted whole, flattened into one line, or as a DER file. */
export function certificateReader(tell: Tell): Reader {
  let open: { first: Line; text: string } | undefined
  const pair = pairOfFile(tell)
  const close = (): void => {
    if (open === undefined) return
    const { first, text } = open
    open = undefined
    for (const block of blocksOf(text)) {
      if (block.label === 'PUBLIC KEY') pair.publicKey(first, hex(block.der))
      else tellCertificate(first, block, faultOf(text), tell, pair.leaf)
    }
  }
  return {
    line(line) {
      // A credential on its way into a slot or out of one is told as what that slot holds.
      if (line.raw.includes('%CMNG')) return
      if (open === undefined && begin.test(line.raw)) open = { first: line, text: line.raw }
      else if (open !== undefined) open.text += `\n${line.raw}`
      pair.line(line.raw)
      if (open !== undefined && end.test(open.text.slice(-200))) close()
      else if (open !== undefined && open.text.length > longest) open = undefined
    },
    end: () => pair.end(),
  }
}

/** The blocks of a text, however its line ends were lost: each is put on lines of its own again. */
function blocksOf(text: string): PemBlock[] {
  const whole = text
    .replaceAll(/\\+r\\+n|\\+[nr]|%0a/gi, '\n')
    .replaceAll(/(-----BEGIN [A-Z0-9 ]+-----)([^-]*)(-----END [A-Z0-9 ]+-----)/g, (_, head, body: string, foot) =>
      [`\n${head}`, body.replaceAll(/[\s"',]+/g, ''), `${foot}\n`].join('\n'),
    )
  return [...parsePem(whole).blocks]
}

function tellCertificate(
  line: Line,
  { der }: PemBlock,
  fault: string | undefined,
  tell: Tell,
  leaf: (key: string) => void,
): void {
  const more = { bytes: der.length, ...(fault !== undefined && { fault }) }
  try {
    const details = certificateDetails(der)
    const { subject, notBefore, notAfter, key, spki } = details.certificate
    const is: Pasted['is'] = holdingOfCertificate(details)
    tell(line, 'certificate', { is, subject: subject.slice(0, 80), key, from: notBefore, until: notAfter, ...more })
    tell(line, 'validity', { edge: 'from', at: notBefore })
    tell(line, 'validity', { edge: 'until', at: notAfter })
    if (is !== 'authority') leaf(hex(spki))
    const root = is === 'authority' ? publicRootIn(subject) : undefined
    if (root !== undefined) tell(line, 'public-root', { name: root.name, how: 'held' })
  } catch {
    tell(line, 'certificate', { is: 'unreadable', ...more })
  }
}

/**
 * Whether a certificate and a public key are one pair. Only of a file with nothing else in it and one of each: what else stands
 * beside them may be of another board.
 */
function pairOfFile(tell: Tell): {
  line: (raw: string) => void
  leaf: (key: string) => void
  publicKey: (line: Line, key: string) => void
  end: () => void
} {
  const leaves = new Set<string>()
  const keys = new Map<string, Line>()
  let pure = true
  return {
    line: (raw) => {
      pure &&= armourLine.test(raw)
    },
    leaf: (key) => leaves.add(key),
    publicKey: (line, key) => keys.set(key, line),
    end: () => {
      const [[key, line] = []] = keys
      if (!pure || leaves.size !== 1 || keys.size !== 1 || key === undefined || line === undefined) return
      if (!leaves.has(key)) tell(line, 'seen', { sign: 'pair-does-not-fit' })
    },
  }
}
