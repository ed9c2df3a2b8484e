import { type Command, information } from '../command.ts'
import { bare, type Codec, quoted, syntaxError } from '../syntax.ts'
import { quotedToken } from '../token.ts'

/** What `AT%ATTESTTOKEN` takes: 32 hexadecimal characters that the token then holds, which shows that it is fresh (KEY-38). */
export interface AttestOrder {
  challenge?: string
}

const challenge = bare(/^[0-9a-f]{32}$/i, '32 hexadecimal characters')

const request: Codec<AttestOrder> = {
  format: (order) => (order.challenge === undefined ? '' : `=${quoted.format(order.challenge)}`),
  parse(text) {
    if (text === '') return {}
    if (!text.startsWith('=')) throw syntaxError('a challenge or nothing', text)
    return { challenge: challenge.parse(quoted.parse(text.slice(1).trim())) }
  },
}

/**
 * `AT%ATTESTTOKEN[="<challenge>"]`: who the modem is, signed by its identity key (KEY-39). It needs no credential and
 * changes nothing (KEY-43, KEY-44).
 */
export const attestToken: Command<AttestOrder, string> = {
  name: '%ATTESTTOKEN',
  doc: 'The attestation token. AT reference: security, %ATTESTTOKEN.',
  request,
  answer: information('%ATTESTTOKEN', quotedToken),
  patience: 15_000,
}
