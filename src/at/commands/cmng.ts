import type { Bytes } from '../../terms/index.ts'
import { type Command, everyLine, information, noAnswer, setForm } from '../command.ts'
import { bare, fields, fixed, int, optional, quoted, quotedBytes } from '../syntax.ts'

const tag = int(0, 0xffff_ffff)
const type = int(0, 255)

/** What `AT%CMNG=0` takes. `password` belongs to an encrypted private key and is ignored otherwise (PEM-37). */
export interface CredentialWrite {
  tag: number
  type: number
  content: Bytes
  password?: string
}

/** One line of a listing: `%CMNG: 16842753,0,"2C43…5BD1"`. */
export interface CredentialLine {
  tag: number
  type: number
  sha: string
}

/** 64 hexadecimal characters between quotes; fewer are a line that lost some on its way. */
const sha = { ...quoted, parse: (text: string) => bare(/^[0-9A-F]{64}$/i, 'a digest').parse(quoted.parse(text)) }

const doc = 'AT reference: security, %CMNG.'

/** `AT%CMNG=0,<tag>,<type>,"<content>"`: writes one item. Not while the modem is active (518). */
export const cmngWrite: Command<CredentialWrite, void> = {
  name: '%CMNG',
  doc: `Writes a credential. ${doc}`,
  request: setForm(fields({ opcode: fixed('0'), tag, type, content: quotedBytes, password: optional(quoted) })),
  answer: noAnswer,
  patience: 30_000,
}

/** `AT%CMNG=1[,<tag>[,<type>]]`: lists. What does not exist gives no line and `OK`, never 513 (CMNG-38). */
export const cmngList: Command<{ tag?: number; type?: number }, CredentialLine[]> = {
  name: '%CMNG',
  doc: `Lists credentials. ${doc}`,
  request: setForm(fields({ opcode: fixed('1'), tag: optional(tag), type: optional(type) })),
  answer: everyLine('%CMNG', fields({ tag, type, sha })),
  patience: 15_000,
}

/** `AT%CMNG=2,<tag>,<type>`: reads the content back, where the type allows it (root CA, PSK identity). */
export const cmngRead: Command<{ tag: number; type: number }, CredentialLine & { content: Bytes }> = {
  name: '%CMNG',
  doc: `Reads a credential. ${doc}`,
  request: setForm(fields({ opcode: fixed('2'), tag, type })),
  answer: information('%CMNG', fields({ tag, type, sha, content: quotedBytes })),
  patience: 15_000,
}

/** `AT%CMNG=3,<tag>,<type>`: deletes one item; 513 where there is none. Not while the modem is active (518). */
export const cmngDelete: Command<{ tag: number; type: number }, void> = {
  name: '%CMNG',
  doc: `Deletes a credential. ${doc}`,
  request: setForm(fields({ opcode: fixed('3'), tag, type })),
  answer: noAnswer,
  patience: 30_000,
}
