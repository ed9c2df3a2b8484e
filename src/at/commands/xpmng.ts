import { type Command, information, noAnswer, setForm } from '../command.ts'
import { fields, fixed, int, optional, quoted } from '../syntax.ts'

const doc = 'AT reference: security, %XPMNG.'
/** Behind the opcode comes the content, which reading leaves empty. */
const nothing = { ...fixed(''), format: () => '' }

/** `AT%XPMNG=0,"<public key>"[,<tag>]`: stores a key whose owner may then use `%XSUDO` (KEY-56). Deleted as type 5 with `%CMNG` (KEY-62). */
export const xpmngWrite: Command<{ content: string; tag?: number }, void> = {
  name: '%XPMNG',
  doc: `Stores a public key for authenticated commands. ${doc}`,
  request: setForm(fields({ opcode: fixed('0'), content: quoted, tag: optional(int()) })),
  answer: noAnswer,
}

/** `AT%XPMNG=2[,,<tag>]`: reads it; 513 where there is none. */
export const xpmngRead: Command<{ tag?: number }, string> = {
  name: '%XPMNG',
  doc: `Reads a public key for authenticated commands. ${doc}`,
  request: setForm(fields({ opcode: fixed('2'), content: nothing, tag: optional(int()) })),
  answer: information('%XPMNG', quoted),
}
