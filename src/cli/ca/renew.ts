import { type Certificate, issuedAs, issuedBy, type IssuedAs, serialKey } from '../../pki/index.ts'
import { isoTime, type Outcome, ok } from '../../terms/index.ts'
import type { Ending } from '../output.ts'
import type { CaAction, CaOptions } from './action.ts'
import { ask } from './ask.ts'
import { readCertificateFile } from './certificate-file.ts'
import { homeWords } from './endings.ts'
import { giveAway } from './give-away.ts'
import { notIssued } from './not-issued.ts'
import { type HomeAuthority, issueAndRecord, openHomeAuthority, renewAndRecord } from './open.ts'
import { readRevocations } from './revocations.ts'
import { checkPlaces, senseless } from './wish.ts'
import type { World } from './world.ts'

/** `sectag ca renew`: a certificate like one that there is already, with new dates; its key stays unless another is given. */
export const renewAction: CaAction = {
  name: 'renew',
  explained: 'issues a certificate like --cert again: for the same key, or for that of --request or --new-key',
  options: ['cert', 'request', 'newKey', 'days', 'shelfDays', 'out', 'passphraseFile'],
  run: renew,
}

async function renew(world: World, options: CaOptions): Promise<Ending> {
  const { context, output } = world
  const wish = readWish(world, options)
  if (!wish.ok) return wish.refusal
  const { certificate, out, from } = wish.value
  const like = issuedAs(certificate)
  const asked = from === undefined ? undefined : await ask(world, from, like.subject)
  if (asked?.ok === false) return asked.refusal
  const home = await openHomeAuthority(world, options)
  if (!home.ok) return home.refusal
  const hindered = await mayNot(home.value, certificate, options)
  if (hindered !== undefined) return hindered
  const terms = termsOf(like, options)
  const replaces = serialKey(certificate.serial)
  const issued =
    asked === undefined
      ? await renewAndRecord(home.value, { ...terms, certificate })
      : await issueAndRecord(home.value, { ...terms, request: asked.value.request, replaces })
  if (!issued.ok) return notIssued(issued.refusal, options.home)
  const key = asked?.value.key
  const ending = giveAway(world, {
    profile: like.profile,
    issued: issued.value,
    out,
    ...(key !== undefined && { key }),
  })
  if (ending.exit === 0 && certificate.notAfter > context.clock.now())
    output.notice('still-valid', stillValid(certificate, options.home))
  return { ...ending, more: { ...ending.more, replaces } }
}

function stillValid({ serial, notAfter }: Certificate, home: string | undefined): string {
  const revoke = `sectag ca revoke --serial ${serialKey(serial)} --reason superseded${homeWords(home)}`
  return `The old one is valid until ${isoTime(notAfter)}. When the new one is in its place: ${revoke}`
}

/** What was typed, with its files read and its places checked. */
interface Wish {
  readonly certificate: Certificate
  readonly out: string
  readonly from: { readonly request: string } | { readonly key: string } | undefined
}

function readWish({ context }: World, { cert, request, newKey, out }: CaOptions): Outcome<Wish, Ending> {
  if (cert === undefined) return senseless('--cert was not given', 'it says which certificate is renewed', usage)
  if (out === undefined) return senseless('--out was not given', 'the certificate must be written somewhere', usage)
  if (request !== undefined && newKey !== undefined)
    return senseless('both --request and --new-key were given', 'a certificate is for one key', usage)
  const places = checkPlaces(context.cwd, out, newKey)
  if (!places.ok) return places
  const certificate = readCertificateFile(context, cert)
  if (!certificate.ok) return certificate
  const { out: path, key } = places.value
  const from = request === undefined ? key && { key } : { request }
  return ok({ certificate: certificate.value, out: path, from: from === '' ? undefined : from })
}

const usage = 'sectag ca renew --cert OLD.crt --out NEW.crt'

/** Whose certificate it is, and whether it was taken back: what is revoked is not made good again. */
async function mayNot(
  { authority, folder }: HomeAuthority,
  certificate: Certificate,
  { home }: CaOptions,
): Promise<Ending | undefined> {
  if (!(await issuedBy(certificate, authority.issuing)))
    return notIssued({ code: 'not-ours', text: 'the certificate was not issued by this authority' }, home)
  const revoked = readRevocations(folder).entries.find(({ serial }) => serial === serialKey(certificate.serial))
  if (revoked === undefined) return undefined
  return {
    exit: 6,
    failure: {
      what: `serial ${revoked.serial} was revoked at ${isoTime(revoked.at)}`,
      state: 'nothing was issued',
      why: `what was taken back is not made good again${revoked.reason === undefined ? '' : `: ${revoked.reason}`}`,
      next: 'sectag ca issue --help   # for a new key',
    },
  }
}

function termsOf({ profile, subject, names }: IssuedAs, { days, shelfDays }: CaOptions) {
  return {
    profile,
    subject,
    names,
    ...(days !== undefined && { days }),
    ...(shelfDays !== undefined && { shelfDays }),
  }
}
