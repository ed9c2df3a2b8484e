import { keyLibraryCodes } from '../../numbers/index.ts'
import type { Facts } from '../gather.ts'
import { type Point, point, strength } from '../rule.ts'

/** What says that the modem refused a credential command with this `+CME ERROR`, directly or as the key library's errno. */
export function refusedWith(facts: Facts, code: number, words: string): Point[] {
  const direct = facts
    .of('refused')
    .filter(({ value }) => value.kind === 'cme' && value.code === code && isCredentialCommand(value.command))
    .map((fact) => {
      const weight = fact.value.command === undefined ? strength.strong : strength.proof
      const asked = fact.value.command === undefined ? '' : ` to ${fact.value.command}`
      return point(weight, `+CME ERROR: ${code}${asked}: ${words}`, fact)
    })
  const translated = facts
    .of('failure')
    .filter((fact) => fact.value.call === 'key-store')
    .flatMap((fact) => {
      const codes = keyLibraryCodes(fact.value.number, facts.build)
      if (!codes.includes(code)) return []
      // One errno can stand for two codes, as two generations of the library swap them (ERR-103, ERR-105).
      const weight = codes.length === 1 ? strength.strong : strength.sign
      return [point(weight, `${fact.value.number} of the key library stands for ${codes.join(' or ')}: ${words}`, fact)]
    })
  return [...direct, ...translated]
}

/** Without the command, the number is the credential store's own: no other command that we know gives it for this reason. */
function isCredentialCommand(command: string | undefined): boolean {
  return command === undefined || /^AT%(?:CMNG|KEYGEN|XPMNG|KEYINJECT)/i.test(command)
}
