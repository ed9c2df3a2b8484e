import type { KeyObject, X509Certificate } from 'node:crypto'
import { gcmProfile, isUsable } from '../../tls/index.ts'
import { chainOf, type Survey } from './survey.ts'

const curves: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }

/** Whether modems are known to take such a key (TLS-18). */
export function isModemKey(key: KeyObject): boolean {
  return isUsable(key, gcmProfile)
}

/** `EC P-256`, `RSA 2048`, `Ed25519`. */
export function keyWords(key: KeyObject): string {
  const { modulusLength, namedCurve = '' } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'ec') return `EC ${curves[namedCurve] ?? namedCurve}`
  if (modulusLength !== undefined) return `${key.asymmetricKeyType === 'rsa' ? 'RSA' : 'RSA-PSS'} ${modulusLength}`
  return (key.asymmetricKeyType ?? 'unknown').replace('ed', 'Ed')
}

/** Whether the server's own key is one that no modem uses: then suites and curves are not what stands in the way. */
export function hasForeignKey(survey: Survey): boolean {
  const leaf = chainOf(survey)?.leaf
  return leaf !== undefined && !isModemKey(leaf.publicKey)
}

/** Whose certificate it is, in a line. */
export function nameOf({ subject }: X509Certificate): string {
  return nameWords(subject)
}

/** A distinguished name as Node gives it, in a line: undefined, whatever its type says, for an empty one. */
export function nameWords(name: string | undefined): string {
  return name === undefined || name === '' ? 'nobody by name' : shown(name.replaceAll('\n', ', '))
}

const longestShown = 200

/** Text of somebody else as it may stand on a terminal: no control characters, and not without end. */
export function shown(text: string): string {
  const plain = text.replaceAll(/\p{C}/gu, '?')
  return plain.length > longestShown ? `${plain.slice(0, longestShown)}…` : plain
}

/** The names that it is for, at most five of them. */
export function namesOf(leaf: X509Certificate): string {
  if (leaf.subjectAltName === undefined) return `${nameOf(leaf)}, without a subject alternative name`
  const names = leaf.subjectAltName.split(', ').map((name) => name.replace(/^(?:DNS|IP Address):/, ''))
  return shown([...names.slice(0, 5), ...(names.length > 5 ? ['…'] : [])].join(', '))
}
