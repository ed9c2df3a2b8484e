import { type Command, information, setForm } from '../command.ts'
import { bare, fields, int, optional, quoted } from '../syntax.ts'
import { quotedToken } from '../token.ts'

/** What `AT%KEYGEN` takes (KEY-01). */
export interface KeyOrder {
  tag: number
  /** 2 a client's private key, 8 an endorsement key (KEY-04). */
  keyType: number
  /** 0 a signing request, as when it is left out; 1 the public key only (KEY-05). */
  content?: number
  /** `CN=board-7,O=Example` (KEY-06). The subject is the device UUID where there are none. */
  attributes?: string
  /** Nine binary digits, the first digitalSignature, the last 0 (KEY-07). */
  usage?: string
}

const nineDigits = bare(/^[01]{8}0$/, 'eight binary digits and a 0')
const usage = { ...quoted, parse: (text: string) => nineDigits.parse(quoted.parse(text)) }

/**
 * `AT%KEYGEN=<tag>,<key type>[,<content>[,"<attributes>"[,"<usage>"]]]`: makes a key that never leaves the modem. The
 * answer is the request or public key, and a COSE_Sign1 by the device's identity key (KEY-08). Not while the modem is
 * active (518), and never over a key that is there (519).
 */
export const keygen: Command<KeyOrder, string> = {
  name: '%KEYGEN',
  doc: 'Makes a key inside the modem. AT reference: security, %KEYGEN.',
  request: setForm(
    fields({
      tag: int(),
      keyType: int(0, 255),
      content: optional(int(0, 1)),
      attributes: optional(quoted),
      usage: optional(usage),
    }),
  ),
  answer: information('%KEYGEN', quotedToken),
  patience: 30_000,
}
