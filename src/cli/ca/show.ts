import { join } from 'node:path'
import { type Certificate, readAuthority } from '../../pki/index.ts'
import { type Instant, isoTime, relativeTime } from '../../terms/index.ts'
import { homeAt, homePath } from '../home/home.ts'
import type { Ending, Output } from '../output.ts'
import { table } from '../table.ts'
import { noAuthority, notOpened } from './endings.ts'
import { fileNames, readFolder } from './folder.ts'
import { readQuota } from './quota.ts'
import { type IssuedEntry, readRegister, registerFile } from './register.ts'
import { tellQuota } from './tell-left.ts'
import type { AuthorityOptions, World } from './world.ts'

const day = 86_400_000
/** A new authority has to reach every board in the field, which takes long. */
const authorityNear = 365 * day
const issuedNear = 30 * day

/** `sectag ca show`: what the authority of a home is, and what runs out. With `root` only the PEM of its root. No passphrase is needed. */
export async function show(world: World, options: AuthorityOptions & { readonly root?: boolean }): Promise<Ending> {
  const { context, output } = world
  const folder = homeAt(homePath(options.home, context.env, context.cwd)).ca
  const found = readFolder(folder)
  if (found.is !== 'whole') return noAuthority(found, folder, options.home)
  const read = await readAuthority(found.files)
  if (!read.ok) return notOpened(read.refusal, folder, options.home)
  if (options.root === true) return rootOnly(world, found.files.rootCertificate)
  const { root, issuing } = read.value
  const now = context.clock.now()
  const register = readRegister(folder)
  tellCertificates(output, folder, [
    ['root', root, found.rootKeyHere],
    ['issuing', issuing, true],
  ])
  const near = register.entries.filter(({ notAfter }) => notAfter > now && notAfter - now < issuedNear)
  const issued = register.entries.length
  output.event(
    'authority',
    { folder, issued, expiring: near.length, rootKeyHere: found.rootKeyHere },
    `\n${issued} issued; they are recorded in ${registerFile(folder)}.`,
  )
  const quota = readQuota(folder, found.files.issuingCertificate)
  if (quota.ok && quota.value !== undefined) tellQuota(output, quota.value, now)
  warnOfDates(output, { root, issuing }, near, now)
  if (register.damaged > 0)
    output.warn(
      'register-damaged',
      `${register.damaged} lines of ${registerFile(folder)} cannot be read; more was issued than is told here.`,
    )
  return { exit: 0, more: { issued } }
}

/** For `--ca`, and for whoever checks certificates of this authority. */
function rootOnly({ context, output }: World, pem: string): Ending {
  if (output.mode === 'json') output.event('pem', { label: 'CERTIFICATE', pem })
  else context.out(pem)
  return { exit: 0 }
}

function tellCertificates(
  output: Output,
  folder: string,
  both: readonly (readonly ['root' | 'issuing', Certificate, boolean])[],
): void {
  for (const [role, certificate, keyHere] of both) {
    const [file, key] = [fileNames[`${role}Certificate`], fileNames[`${role}Key`]].map((name) => join(folder, name))
    output.event('authority-certificate', { role, ...told(certificate), file, ...(keyHere && { key }) })
  }
  const rows = both.flatMap(([role, certificate, keyHere]) => {
    const { subject, notBefore, notAfter, fingerprint } = told(certificate)
    const key = keyHere ? join(folder, fileNames[`${role}Key`]) : 'kept elsewhere'
    return [
      [role, subject],
      ['  valid', `${notBefore} to ${notAfter}`],
      ['  SHA-256', fingerprint],
      ['  file', join(folder, fileNames[`${role}Certificate`])],
      ['  key', key],
    ]
  })
  output.say(table(['CA', ''], rows))
}

function told({ subject, notBefore, notAfter, fingerprint }: Certificate) {
  return { subject, notBefore: isoTime(notBefore), notAfter: isoTime(notAfter), fingerprint }
}

function warnOfDates(
  output: Output,
  cas: Readonly<Record<'root' | 'issuing', Certificate>>,
  near: readonly IssuedEntry[],
  now: Instant,
): void {
  for (const [role, { notAfter }] of Object.entries(cas)) {
    if (notAfter - now > authorityNear) continue
    const when = notAfter > now ? 'runs out' : 'ran out'
    output.warn('ca-runs-out', `The ${role} CA ${when} ${relativeTime(notAfter, now)}: a new authority is needed.`)
  }
  if (near.length === 0) return
  const names = near.slice(0, 3).map(({ subject, notAfter }) => `${subject} ${relativeTime(notAfter, now)}`)
  const more = near.length > names.length ? ', …' : ''
  output.warn('certificates-run-out', `${near.length} of the issued run out soon: ${names.join(', ')}${more}.`)
}
