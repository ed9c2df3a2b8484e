import { armour, type Issued, type KeyPair, makeRequest, newKeyPair } from '../../pki/index.ts'
import { type Bytes, hex, type Outcome, ok, Secret, utf8 } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import { type NewFile, putNewFiles } from '../home/on-disk.ts'
import type { Ending } from '../output.ts'
import { notIssued } from './not-issued.ts'
import { issueAndRecord, openHomeAuthority } from './open.ts'
import { readRequestFile } from './request-file.ts'
import { tellLeft } from './tell-left.ts'
import { tellIssued, warnOfLength } from './tell-issued.ts'
import { type IssueOptions, readWish, senseless, type Wish } from './wish.ts'
import type { World } from './world.ts'

/** A request, and the key file that goes with it where the key was made here. */
interface Asked {
  readonly request: Bytes
  readonly key?: NewFile
}

/** `sectag ca issue`: writes a certificate with the issuing CA behind it, and its key where one is made for it. */
export async function issue(world: World, options: IssueOptions): Promise<Ending> {
  const { context, output } = world
  const wish = readWish(context, options)
  if (!wish.ok) return wish.refusal
  const { profile, out, from } = wish.value
  const asked = await ask(world, from, options)
  if (!asked.ok) return asked.refusal
  const home = await openHomeAuthority(world, options)
  if (!home.ok) return home.refusal
  const { request, key } = asked.value
  const { subject, names, days } = options
  const order = {
    profile,
    request,
    names,
    ...(subject !== undefined && { subject }),
    ...(days !== undefined && { days }),
  }
  const issued = await issueAndRecord(home.value, order)
  if (!issued.ok) return notIssued(issued.refusal, options.home)
  const failed = put(context, [
    ...(key === undefined ? [] : [key]),
    { path: out, text: issued.value.chain, mode: 0o644 },
  ])
  if (failed !== undefined) return notWritten(issued.value, failed)
  tellIssued(output, profile, issued.value, out, key?.path)
  warnOfLength(output, profile, issued.value)
  tellLeft(output, home.value)
  return { exit: 0, more: { serial: issued.value.certificate.serial } }
}

async function ask(
  { context, output }: World,
  from: Wish['from'],
  options: IssueOptions,
): Promise<Outcome<Asked, Ending>> {
  if ('request' in from) {
    const read = readRequestFile(context, from.request)
    return read.ok ? ok({ request: read.value }) : read
  }
  const subject = options.subject ?? options.names[0]
  if (subject === undefined)
    return senseless('--subject was not given', 'a new key has no request that would name its holder')
  const pair = await newKeyPair()
  const text = keyText(pair)
  output.know(new Secret(utf8(text)))
  return ok({ request: await makeRequest(pair, subject), key: { path: from.key, text, mode: 0o600 } })
}

/** Unencrypted, because Mosquitto at its start and a modem have nobody who could type a passphrase. */
function keyText({ privateKey }: KeyPair): string {
  return armour({ label: 'PRIVATE KEY', der: privateKey.pkcs8 })
}

function put({ random }: Context, files: readonly NewFile[]): string | undefined {
  try {
    putNewFiles(files, hex(random.bytes(4)))
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function notWritten({ certificate }: Issued, text: string): Ending {
  return {
    exit: 1,
    failure: {
      what: `the files could not be written: ${text}`,
      state: `serial ${certificate.serial} is recorded as issued, and nobody has the certificate`,
      why: 'likely: the disk is full, or somebody made a file of that name in the meantime',
      next: 'repeat it: the certificate gets another serial',
    },
  }
}
