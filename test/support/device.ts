import {
  type Attestation,
  commonKey,
  fromBase64url,
  type KeyProof,
  readAttestation,
  readKeyProof,
  toBase64url,
} from '../../src/identity/index.ts'
import type { Bytes } from '../../src/terms/index.ts'
import { type BornKeyTraits, personality, VirtualModem } from '../../src/virtual/index.ts'
import { fastClock } from './clock.ts'

/** A modem that makes keys, and what it says in the words of `identity`. */
export interface Device {
  readonly modem: VirtualModem
  /** What stands between the quotes of an answer. */
  says(command: string): string
  proof(command: string): KeyProof
  attestation(): Attestation
  /** The identity key, recovered from two tokens. */
  identityKey(): Bytes
}

/** Makes one, by default of mfw 1.3.5: numbered errors, the switches of its keys changed as given. */
export function device(traits: Partial<BornKeyTraits> = {}, index = 0, mfw = '1.3.5'): Device {
  const line = personality(mfw)
  if (line?.bornKeys === undefined) throw new Error(`mfw ${mfw} makes no keys`)
  const changed = { ...line, bornKeys: { ...line.bornKeys, ...traits } }
  const modem = new VirtualModem({ personality: changed, clock: fastClock(), seed: 'device', index })
  modem.execute('AT+CMEE=1')
  const says = (command: string): string => {
    const reply = modem.execute(command).text
    const text = /^%[A-Z]+: "([^"]+)"\r\nOK\r\n$/.exec(reply)?.[1]
    if (text === undefined) throw new Error(`${command} answered ${reply}`)
    return text
  }
  const attestation = (): Attestation => value(readAttestation(says('AT%ATTESTTOKEN')))
  return {
    modem,
    says,
    proof: (command) => value(readKeyProof(says(command))),
    attestation,
    identityKey() {
      const key = commonKey([attestation(), attestation()])
      if (key === undefined) throw new Error('two tokens of one modem have no key in common')
      return key
    },
  }
}

function value<T>(outcome: { ok: true; value: T } | { ok: false; refusal: { text: string } }): T {
  if (!outcome.ok) throw new Error(outcome.refusal.text)
  return outcome.value
}

/** The two halves of a token as octets. */
export function halvesOf(text: string): [Bytes, Bytes] {
  const [body, cose] = text.split('.').map(fromBase64url)
  if (body === undefined || cose === undefined) throw new Error('this is no token')
  return [body, cose]
}

/** A token of two halves. */
export function tokenOf(body: Uint8Array, cose: Uint8Array): string {
  return `${toBase64url(body)}.${toBase64url(cose)}`
}
