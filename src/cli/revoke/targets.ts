import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parsePem, readCertificate, serialKey } from '../../pki/index.ts'
import { type IssuedEntry, readRegister } from '../ca/register.ts'
import type { World } from '../ca/world.ts'
import { homeAt } from '../home/home.ts'
import { KnownBoard } from '../home/known.ts'
import type { Ending } from '../output.ts'
import { readText } from '../read-file.ts'
import type { Typed } from '../verb.ts'

/** The certificates that are to be revoked, as the register has them; an Ending where it has none of what was named. */
export function readTargets({ context }: World, { args, options }: Typed, home: string): IssuedEntry[] | Ending {
  const [named] = args
  const { imei } = options as { imei?: string }
  if ((named === undefined) === (imei === undefined))
    return wrong(
      named === undefined ? 'nothing says whose certificate' : 'both a certificate and a board were named',
      'a serial number, a certificate file, or --imei of a board that sectag has written to, is needed',
    )
  const { entries } = readRegister(homeAt(home).ca)
  const now = context.clock.now()
  if (imei !== undefined) return ofBoard(entries, home, imei, now)
  const file = resolve(context.cwd, named ?? '')
  return existsSync(file) ? ofFile(entries, file) : bySerial(entries, named ?? '')
}

function ofBoard(entries: readonly IssuedEntry[], home: string, imei: string, now: number): IssuedEntry[] | Ending {
  const known = new KnownBoard(homeAt(home), imei)
  const fingerprints = new Set([
    ...known.carries.map(({ fingerprint }) => fingerprint),
    ...known.facts.flatMap((fact) => (fact.fact === 'enrolled' ? [fact.fingerprint] : [])),
  ])
  const found = entries.filter(({ fingerprint, notAfter }) => fingerprints.has(fingerprint) && notAfter > now)
  if (found.length > 0) return found
  return wrong(
    `no certificate of this authority is known to be on the board ${imei}`,
    'it was never written to from this home, or with a certificate of somebody else',
  )
}

function ofFile(entries: readonly IssuedEntry[], file: string): IssuedEntry[] | Ending {
  const text = readText(file, 'the certificate')
  if (typeof text !== 'string') return text
  const fingerprint = fingerprintIn(text)
  if (fingerprint === undefined) return wrong(`${file} holds no certificate`, 'a PEM file is expected, its leaf first')
  const found = entries.filter((entry) => entry.fingerprint === fingerprint)
  return found.length > 0 ? found : wrong(`the certificate in ${file} is not in the register`, foreign)
}

function fingerprintIn(text: string): string | undefined {
  const leaf = parsePem(text).blocks.find(({ label }) => label === 'CERTIFICATE')
  try {
    return leaf === undefined ? undefined : readCertificate(leaf.der).fingerprint
  } catch {
    // Something else under that label: no certificate of ours.
    return undefined
  }
}

function bySerial(entries: readonly IssuedEntry[], text: string): IssuedEntry[] | Ending {
  if (!/^[\da-f]{2}(?::?[\da-f]{2})*$/i.test(text))
    return wrong(`${text} is no serial number, and there is no such file`, 'a serial number is hexadecimal')
  const found = entries.filter(({ serial }) => serialKey(serial) === serialKey(text))
  return found.length > 0 ? found : wrong(`the register has no serial ${text}`, foreign)
}

const foreign = 'another authority has issued it, or the home is another one; nobody can revoke for others'

function wrong(what: string, why: string): Ending {
  return { exit: 2, failure: { what, state: 'nothing was revoked', why, next: 'sectag revoke --help' } }
}
