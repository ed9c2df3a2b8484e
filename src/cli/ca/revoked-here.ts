import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Certificate, parsePem, readCertificate, serialKey } from '../../pki/index.ts'
import type { Instant } from '../../terms/index.ts'
import { fileNames } from './folder.ts'
import { readRegister } from './register.ts'
import { readRevocations } from './revocations.ts'

/** When the authority in this folder revoked a certificate of its own; undefined for all others, and where none is there. */
export function revokedHere(folder: string): (certificate: Certificate) => Instant | undefined {
  try {
    return among(folder)
  } catch {
    // A register that cannot be read is told by the verbs of the authority; a plan does without this warning.
    return () => undefined
  }
}

function among(folder: string): (certificate: Certificate) => Instant | undefined {
  const times = new Map(readRevocations(folder).entries.map(({ serial, at }) => [serial, at]))
  if (times.size === 0) return () => undefined
  const registered = new Set(readRegister(folder).entries.map(({ fingerprint }) => fingerprint))
  const issuer = issuerOf(folder)
  // Serial numbers are one authority's; another's certificate may have the same.
  return ({ serial, fingerprint, issuer: by }) =>
    registered.has(fingerprint) || by === issuer ? times.get(serialKey(serial)) : undefined
}

function issuerOf(folder: string): string | undefined {
  const [block] = parsePem(readFileSync(join(folder, fileNames.issuingCertificate), 'latin1')).blocks
  return block === undefined ? undefined : readCertificate(block.der).subject
}
