import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Who } from '../../broker/index.ts'
import { issuedAs, issuedBy, serialKey } from '../../pki/index.ts'
import { readCertificateFile } from '../ca/certificate-file.ts'
import { homeWords } from '../ca/endings.ts'
import type { HomeAuthority } from '../ca/open.ts'
import { readRegister } from '../ca/register.ts'
import type { World } from '../ca/world.ts'
import { homeAt } from '../home/home.ts'
import { KnownBoard } from '../home/known.ts'
import type { Ending } from '../output.ts'
import { shellWord } from '../shell-word.ts'
import type { Typed } from '../verb.ts'

/** A certificate that is to be revoked. `unregistered`: it bears the authority's signature, whatever the register says. */
export type Target = Who & { readonly unregistered?: boolean }

/** The certificates that are to be revoked; an Ending where none of this authority was named. */
export async function readTargets(
  { context }: World,
  { args, options }: Typed,
  authority: HomeAuthority,
  home: string,
): Promise<readonly Target[] | Ending> {
  const [named] = args
  const { imei } = options as { imei?: string }
  if (named === undefined && imei === undefined) return wrong('nothing says whose certificate', neededWords)
  if (named === undefined) return ofBoard(authority, home, imei ?? '')
  if (imei !== undefined) return wrong('both a certificate and a board were named', neededWords)
  if (!existsSync(resolve(context.cwd, named))) return bySerial(authority, named, options)
  const certificate = readCertificateFile(context, named)
  if (!certificate.ok) return certificate.refusal
  const { fingerprint, serial, subject, issuer } = certificate.value
  if (issuedAs(certificate.value).profile === 'server') return ofBroker(named, `--cert ${shellWord(named)}`, options)
  return (await issuedBy(certificate.value, authority.authority.issuing))
    ? [{ fingerprint, serial, subject, unregistered: true }]
    : wrong(`the certificate in ${named} is by ${issuer}`, foreign)
}

const neededWords = 'a serial number, a certificate file, or --imei of a board that sectag has written to, is needed'
const foreign = 'only who issued a certificate can revoke it; or the home is another one'

function ofBoard({ folder, clock }: HomeAuthority, home: string, imei: string): readonly Target[] | Ending {
  const known = new KnownBoard(homeAt(home), imei)
  const fingerprints = new Set([
    ...known.carries.map(({ fingerprint }) => fingerprint),
    ...known.facts.flatMap((fact) => (fact.fact === 'enrolled' ? [fact.fingerprint] : [])),
  ])
  const now = clock.now()
  const found = readRegister(folder).entries.filter((one) => fingerprints.has(one.fingerprint) && one.notAfter > now)
  if (found.length > 0) return found
  return wrong(
    `no certificate of this authority is known to be on the board ${imei}`,
    'it was never written to from this home, or with a certificate of somebody else',
  )
}

function bySerial({ folder }: HomeAuthority, text: string, options: Typed['options']): readonly Target[] | Ending {
  if (!/^[\da-f]{2}(?::?[\da-f]{2})*$/i.test(text))
    return wrong(`${text} is no serial number, and there is no such file`, 'a serial number is hexadecimal')
  const found = readRegister(folder).entries.filter(({ serial }) => serialKey(serial) === serialKey(text))
  if (found.some(({ profile }) => profile === 'server')) return ofBroker(text, `--serial ${text}`, options)
  return found.length > 0 ? found : wrong(`the register has no serial ${text}`, foreign)
}

/** Nobody would be put out: a broker holds its list against who comes, never against itself. */
function ofBroker(named: string, flag: string, { home }: Typed['options']): Ending {
  const next = `sectag ca revoke ${flag}${homeWords(home as string | undefined)}   # records it, for the lists`
  const why = 'a broker looks into its list for boards, never for itself; and boards are given no list'
  return wrong(`${named} is the certificate of a broker, not of a board`, why, next)
}

function wrong(what: string, why: string, next = 'sectag revoke --help'): Ending {
  return { exit: 2, failure: { what, state: 'nothing was revoked', why, next } }
}
