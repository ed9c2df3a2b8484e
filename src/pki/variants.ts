import { type Bytes, byteText, bytesOf } from '../terms/index.ts'
import { sha256Hex } from './sha256.ts'

/** A digest that a modem may show for a text, and the form of the text that it belongs to. */
export interface Digest {
  /** In words: `LF`, `CRLF, no last newline`, `the file as it is`. */
  readonly variant: string
  /** 64 upper-case hexadecimal characters. */
  readonly sha256: string
}

/**
 * The same certificate has another digest for each line-end style, and every tool writes its own (DIG-04, TOOL-12 to TOOL-20). A slot
 * holds our text if it holds any of these forms; which one it was is worth saying.
 */
export function digestVariants(canonical: Bytes, file?: Bytes): Digest[] {
  const lf = byteText(canonical).trimEnd()
  const forms: [string, string][] = [
    ['LF', `${lf}\n`],
    ['LF, no last newline', lf],
    ['CRLF', `${lf}\n`.replaceAll('\n', '\r\n')],
    ['CRLF, no last newline', lf.replaceAll('\n', '\r\n')],
    ['LF in front, no last newline', `\n${lf}`],
  ]
  if (file !== undefined) forms.push(...fileForms(byteText(file)))
  const digests = forms.map(([variant, text]) => ({ variant, sha256: sha256Hex(bytesOf(text)) }))
  return digests.filter((digest, index) => digests.findIndex((other) => other.sha256 === digest.sha256) === index)
}

/** A file may hold text outside its blocks or other line lengths; tools write it as it is, trimmed, or with other line ends. */
function fileForms(file: string): [string, string][] {
  const lf = file.replaceAll('\r\n', '\n')
  return [
    ['the file as it is', file],
    ['the file, no last newline', file.trimEnd()],
    ['the file, trimmed', file.trim()],
    ['the file with LF', lf],
    ['the file with CRLF', lf.replaceAll('\n', '\r\n')],
    ['the file with CRLF, no last newline', lf.trimEnd().replaceAll('\n', '\r\n')],
  ]
}
