import { armour, type KeyPair, makeRequest, newKeyPair } from '../../pki/index.ts'
import { type Bytes, type Outcome, ok, Secret, utf8 } from '../../terms/index.ts'
import type { NewFile } from '../home/on-disk.ts'
import type { Ending } from '../output.ts'
import { readRequestFile } from './request-file.ts'
import { senseless, type Wish } from './wish.ts'
import type { World } from './world.ts'

/** A request, and the key file that goes with it where the key was made here. */
interface Asked {
  readonly request: Bytes
  readonly key?: NewFile
}

/** The request that was named, or one for a new key, whose holder `subject` names. */
export async function ask(
  { context, output }: World,
  from: Wish['from'],
  subject: string | undefined,
): Promise<Outcome<Asked, Ending>> {
  if ('request' in from) {
    const read = readRequestFile(context, from.request)
    return read.ok ? ok({ request: read.value }) : read
  }
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
