import type { Command } from '../command.ts'
import { type Codec, fields, int, optional, quoted, syntaxError } from '../syntax.ts'

/** A command with a signature in front (KEY-63). */
export interface SudoOrder {
  /** How many characters of the command are signed, and carried out. */
  length: number
  /** Base64: ECDSA over P-256 with SHA-256. */
  signature: string
  tag?: number
  /** Without its AT. */
  command: string
}

const params = fields({ length: int(1, 4096), signature: quoted, tag: optional(int()) })
const head = /^=((?:[^";]|"[^"]*")*);([^]*)$/

const request: Codec<SudoOrder> = {
  format: ({ command, ...order }) => `=${params.format(order)};${command}`,
  parse(text) {
    const [, before, command] = head.exec(text) ?? []
    if (before === undefined || command === undefined) throw syntaxError('parameters, a semicolon and a command', text)
    return { ...params.parse(before.trim()), command }
  },
}

/** `AT%XSUDO=<length>,"<signature>"[,<tag>];<command without AT>`. Its answer is that of the command inside, as it stands. */
export const xsudo: Command<SudoOrder, string> = {
  name: '%XSUDO',
  doc: 'Carries out a signed command. AT reference: security, %XSUDO.',
  request,
  answer: { claims: () => true, format: (text) => text, parse: (text) => text },
  patience: 30_000,
}
