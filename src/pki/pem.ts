import { type Bytes, bytesOf } from '../terms/index.ts'

/** One PEM block: RFC 7468. */
export interface PemBlock {
  /** `CERTIFICATE`, `PRIVATE KEY`, `EC PRIVATE KEY`, … */
  readonly label: string
  readonly der: Bytes
  /** The line of its BEGIN, counted from 1. */
  readonly line: number
  /** Whether it has headers such as `Proc-Type: 4,ENCRYPTED`, the old way to encrypt a key (RFC 1421). */
  readonly headers: boolean
  /** What such a header says of its encryption: `AES-256-CBC,0823…` (RFC 1421, 4.6.1.3). */
  readonly encryption?: string
}

/** What is wrong with a PEM text, and where. `code` is stable. */
export interface PemProblem {
  readonly code: 'not-pem' | 'flattened' | 'escaped-newlines' | 'unfinished' | 'bad-base64' | 'empty'
  readonly line: number
  readonly text: string
}

/** A PEM text taken apart; `outside` tells of text between the blocks, which is legal and of no use to a modem. */
export interface PemText {
  readonly blocks: readonly PemBlock[]
  readonly problems: readonly PemProblem[]
  readonly outside: boolean
}

const begin = /^-----BEGIN ([A-Z0-9 ]+)-----$/
/** With a length that four divides. A pattern of groups of four needs stack for each of them, and a CRL has a million. */
const base64 = /^[A-Za-z0-9+/]*={0,2}$/

/** Reads PEM text of any line-end style. Text that a modem would store and then fail on in the handshake is a problem. */
export function parsePem(text: string): PemText {
  const lines = text.replace(/^(?:\uFEFF|\xef\xbb\xbf)/, '').split(/\r\n|\n|\r/)
  const blocks: PemBlock[] = []
  const problems: PemProblem[] = []
  let outside = false
  for (let index = 0; index < lines.length; index++) {
    const line = (lines[index] ?? '').trimEnd()
    const label = begin.exec(line)?.[1]
    if (label === undefined) {
      const problem = strayLine(line, index + 1)
      if (problem !== undefined) problems.push(problem)
      outside ||= line !== ''
      continue
    }
    const read = readBlock(lines, index, label)
    if ('code' in read.found) problems.push(read.found)
    else blocks.push(read.found)
    index = read.last
  }
  if (blocks.length === 0 && problems.length === 0) problems.push(nothing(text))
  return { blocks, problems, outside }
}

function nothing(text: string): PemProblem {
  if (text.trim() === '') return { code: 'empty', line: 1, text: 'the file is empty' }
  return { code: 'not-pem', line: 1, text: 'no line says -----BEGIN …-----' }
}

function strayLine(line: string, number: number): PemProblem | undefined {
  if (!line.includes('-----BEGIN ')) return undefined
  if (/\\r|\\n/.test(line)) {
    return {
      code: 'escaped-newlines',
      line: number,
      text: 'the line breaks are the two characters \\ and n; a modem needs real ones',
    }
  }
  return { code: 'flattened', line: number, text: 'header and body stand on one line; a modem needs real line breaks' }
}

function readBlock(
  lines: readonly string[],
  first: number,
  label: string,
): { found: PemBlock | PemProblem; last: number } {
  const end = `-----END ${label}-----`
  const last = lines.findIndex((line, index) => index > first && line.trimEnd() === end)
  if (last < 0) {
    const found: PemProblem = { code: 'unfinished', line: first + 1, text: `no line says ${end}` }
    return { found, last: lines.length }
  }
  const inside = lines.slice(first + 1, last).map((line) => line.trim())
  const headers = inside.some((line) => line.includes(':'))
  const body = inside.filter((line) => !line.includes(':')).join('')
  if (body === '' || body.length % 4 !== 0 || !base64.test(body)) {
    const found: PemProblem = { code: 'bad-base64', line: first + 1, text: `the body of ${label} is not base64` }
    return { found, last }
  }
  const encryption = inside.find((line) => line.startsWith('DEK-Info:'))?.slice('DEK-Info:'.length)
  const found = { label, der: bytesOf(atob(body)), line: first + 1, headers }
  return { found: { ...found, ...(encryption !== undefined && { encryption: encryption.trim() }) }, last }
}

/** The canonical text of a block: 64 characters a line, LF, a last LF. A writer that sends LF is safe in every case (PEM-29). */
export function armour(block: { label: string; der: Bytes }): string {
  let body = ''
  for (let at = 0; at < block.der.length; at += 48) {
    body += `${btoa(String.fromCharCode(...block.der.subarray(at, at + 48)))}\n`
  }
  return `-----BEGIN ${block.label}-----\n${body}-----END ${block.label}-----\n`
}
