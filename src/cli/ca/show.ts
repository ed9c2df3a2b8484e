import { join } from 'node:path'
import { type AuthorityCertificates, type Certificate, readAuthority } from '../../pki/index.ts'
import { isoTime } from '../../terms/index.ts'
import { homeAt, homePath } from '../home/home.ts'
import type { Ending, Output } from '../output.ts'
import { table } from '../table.ts'
import type { CaAction, CaOptions } from './action.ts'
import { watchCrl } from './crl-watch.ts'
import { noAuthority, notOpened } from './endings.ts'
import { fileNames, readFolder } from './folder.ts'
import { readQuota } from './quota.ts'
import { registerFile } from './register.ts'
import { listIssued, tellIssuedList } from './issued-list.ts'
import { tellRestored } from './restored.ts'
import { tellQuota } from './tell-left.ts'
import { warnOfDates } from './warn-of-dates.ts'
import type { World } from './world.ts'

/** `sectag ca show`: what the authority of a home is, and what runs out. With `root` only the PEM of its root. No passphrase is needed. */
export const showAction: CaAction = {
  name: 'show',
  explained:
    'what there is, where it is, and what runs out; needs no passphrase. Exit 1: a CRL is due, 5: it has run out',
  options: ['root'],
  run: show,
}

/** What {@link showAction} does; `ca init` ends with it. */
export async function show(world: World, options: CaOptions): Promise<Ending> {
  const { context, output } = world
  const folder = homeAt(homePath(options.home, context.env, context.cwd)).ca
  const found = readFolder(folder)
  if (found.is !== 'whole') return noAuthority(found, folder, options.home)
  const read = await readAuthority(found.files)
  if (!read.ok) return notOpened(read.refusal, folder, options.home)
  if (options.root === true) return rootOnly(world, found.files.rootCertificate)
  tellAuthority(output, folder, read.value, found.rootKeyHere)
  const now = context.clock.now()
  const { issued, damaged } = listIssued(folder, now)
  const expiring = issued.filter(({ state }) => state === 'runs-out').length
  tellIssuedList(output, issued)
  output.event(
    'authority',
    { folder, issued: issued.length, expiring, rootKeyHere: found.rootKeyHere, crlUrl: found.files.crlUrl },
    `\n${issued.length} issued; they are recorded in ${registerFile(folder)}.`,
  )
  const quota = readQuota(folder, found.files.issuingCertificate)
  if (quota.ok && quota.value !== undefined) tellQuota(output, quota.value, now)
  tellRestored(output, folder)
  warnOfDates(output, read.value, issued, now)
  if (damaged > 0)
    output.warn(
      'register-damaged',
      `${damaged} lines of ${registerFile(folder)} cannot be read; more was issued than is told here.`,
    )
  return { more: { issued: issued.length }, ...watchCrl(output, folder, options.home, now) }
}

/** For `--ca`, and for whoever checks certificates of this authority. */
function rootOnly({ context, output }: World, pem: string): Ending {
  if (output.mode === 'json') output.event('pem', { label: 'CERTIFICATE', pem })
  else context.out(pem)
  return { exit: 0 }
}

function tellAuthority(output: Output, folder: string, cas: AuthorityCertificates, rootKeyHere: boolean): void {
  const both = [['root', cas.root, rootKeyHere] as const, ['issuing', cas.issuing, true] as const]
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
