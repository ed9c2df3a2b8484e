import { createPrivateKey } from 'node:crypto'
import { certificatesOf } from './session.ts'

/** Whether a stored text holds the wanted certificates (type 1) or the wanted key (type 2), whatever stands around them. */
export function meansTheSame(type: number, content: Buffer, wanted: Buffer): boolean {
  try {
    return type === 2 ? keyOf(content).equals(keyOf(wanted)) : chainOf(content).equals(chainOf(wanted))
  } catch {
    // What cannot be read means nothing.
    return false
  }
}

function keyOf(text: Buffer): Buffer {
  return createPrivateKey(text).export({ type: 'pkcs8', format: 'der' })
}

function chainOf(text: Buffer): Buffer {
  return Buffer.concat(certificatesOf(text).map(({ raw }) => raw))
}
