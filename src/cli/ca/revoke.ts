import { type Certificate, issuedBy, readAuthority } from '../../pki/index.ts'
import { isoTime, type Outcome, ok, refused } from '../../terms/index.ts'
import { homeAt, homePath } from '../home/home.ts'
import type { Ending } from '../output.ts'
import type { CaAction, CaOptions } from './action.ts'
import { readCertificateFile } from './certificate-file.ts'
import { homeWords, noAuthority, notOpened, wrong } from './endings.ts'
import { readFolder } from './folder.ts'
import type { RecordProblem } from './record-problem.ts'
import { type Revoking, revokingByName } from './revoking.ts'
import { revokeAndRecord } from './revocations.ts'
import { tellReasonStays, tellWhoKnows } from './tell-revoked.ts'
import type { World } from './world.ts'

/** `sectag ca revoke`: takes certificates back for ever. No passphrase is needed: it may have to be quick. */
export const revokeAction: CaAction = {
  name: 'revoke',
  explained:
    'takes a certificate back for ever: that of --cert, of --serial, or of --subject; `ca crl` tells it to brokers',
  options: ['cert', 'serial', 'subject', 'all', 'reason'],
  run: revoke,
}

async function revoke(world: World, options: CaOptions): Promise<Ending> {
  const { context, output } = world
  const { ca: folder } = homeAt(homePath(options.home, context.env, context.cwd))
  const who = await findWho(world, options, folder)
  if (!who.ok) return who.refusal
  const { reason } = options
  const recorded: string[] = []
  for (const [done, { serial, subject, unregistered }] of who.value.entries()) {
    const order = { serial, unregistered, ...(reason !== undefined && { reason }) }
    const revoked = revokeAndRecord({ folder, clock: context.clock }, order)
    if (!revoked.ok) return notRevoked(revoked.refusal, `${done} of ${who.value.length} are revoked`, options.home)
    const at = isoTime(revoked.value.at)
    const why = revoked.value.reason
    output.event(
      'revoked',
      { serial: revoked.value.serial, subject, at, ...(why !== undefined && { reason: why }) },
      `Revoked: ${subject}, serial ${revoked.value.serial}, at ${at}${why === undefined ? '' : `, ${why}`}.`,
    )
    tellReasonStays(output, reason, revoked.value)
    recorded.push(revoked.value.serial)
  }
  tellWhoKnows(output, { folder, now: context.clock.now(), home: options.home }, recorded)
  return { exit: 0, more: { revoked: who.value.map(({ serial }) => serial) } }
}

async function findWho(
  world: World,
  options: CaOptions,
  folder: string,
): Promise<Outcome<readonly Revoking[], Ending>> {
  const { cert, serial, subject } = options
  if ([cert, serial, subject].filter((named) => named !== undefined).length !== 1)
    return refused(wrong('one of --cert, --serial and --subject is needed', 'they say who is revoked', usage))
  const found = readFolder(folder)
  if (found.is !== 'whole') return refused(noAuthority(found, folder, options.home))
  if (cert === undefined) return revokingByName(folder, options, world.context.clock.now())
  const read = await readAuthority(found.files)
  if (!read.ok) return refused(notOpened(read.refusal, folder, options.home))
  const certificate = readCertificateFile(world.context, cert)
  return certificate.ok ? byCertificate(certificate.value, read.value.issuing) : certificate
}

const usage = 'sectag ca revoke --cert FILE.crt   # or --serial HEX, or --subject NAME'

/** It bears the authority's signature, so it was issued, also where the register has forgotten it. */
async function byCertificate(certificate: Certificate, issuing: Certificate): Promise<Outcome<Revoking[], Ending>> {
  const { serial, subject, issuer } = certificate
  if (await issuedBy(certificate, issuing)) return ok([{ serial, subject, unregistered: true }])
  const why = `it is by ${issuer}, and only who issued a certificate can revoke it`
  return refused(wrong('this certificate is not of this authority', why, 'sectag ca show'))
}

function notRevoked({ code, text }: RecordProblem, state: string, home: string | undefined): Ending {
  if (code === 'never-issued')
    return wrong(
      text,
      'likely: a digit is wrong, or the register comes from an old copy',
      'repeat with --cert FILE: the signature in it says that it was issued',
    )
  return {
    exit: 1,
    failure: {
      what: `the revocation could not be recorded: ${text}`,
      state,
      why: 'likely: the disk is full, or the home cannot be written to',
      next: `sectag ca show${homeWords(home)}   # then repeat it`,
    },
  }
}
