import { type Command, information, setForm } from '../command.ts'
import { fields, int, optional, quoted } from '../syntax.ts'
import { quotedToken } from '../token.ts'

/** `AT%CLAIMTOKEN=<tag>[,"<32 hexadecimal characters>"]`: a token to claim a device with, in two halves (KEY-68). */
export const claimToken: Command<{ tag: number; challenge?: string }, string> = {
  name: '%CLAIMTOKEN',
  doc: 'The claim token. AT reference: security, %CLAIMTOKEN.',
  request: setForm(fields({ tag: int(), challenge: optional(quoted) })),
  answer: information('%CLAIMTOKEN', quotedToken),
  patience: 15_000,
}
