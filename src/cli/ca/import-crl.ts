import { resolve } from 'node:path'
import { armour, type Certificate, checkCrl, type Crl, readCrl } from '../../pki/index.ts'
import { byteText, isoTime, type Outcome, refused } from '../../terms/index.ts'
import { appendValue } from '../home/json-lines.ts'
import { appendLine } from '../home/on-disk.ts'
import type { Ending } from '../output.ts'
import { readFile } from '../read-file.ts'
import { shellWord } from '../shell-word.ts'
import { homeWords, wrong } from './endings.ts'
import { authorityHere } from './look.ts'
import type { CaOptions } from './action.ts'
import { numbersFile } from './make-crl.ts'
import { notRecorded } from './record-problem.ts'
import { readRevocations, revocationsFile } from './revocations.ts'
import type { World } from './world.ts'

/**
 * `sectag ca import --crl`: whom a CRL of this CA names is revoked here too, so that no CRL of ours takes a revocation
 * back; and ours are numbered above it. It may have run out: what it says of the past holds.
 */
export async function importCrl(world: World, options: CaOptions, name: string): Promise<Ending> {
  const { context, output } = world
  const here = await authorityHere(world, options)
  if (!here.ok) return here.refusal
  const { folder, issuing } = here.value
  const read = await readTheCrl(world, name, issuing)
  if (!read.ok) return read.refusal
  const crl = read.value
  try {
    const known = new Set(readRevocations(folder).entries.map(({ serial }) => serial))
    const fresh = [...crl.entries].filter(([serial]) => !known.has(serial))
    appendValue(numbersFile(folder), {
      number: Number(crl.number ?? 0n),
      at: isoTime(context.clock.now()),
      imported: true,
    })
    const lines = fresh.map(([serial, at]) => JSON.stringify({ serial, at: isoTime(at), imported: true }))
    if (lines.length > 0) appendLine(revocationsFile(folder), lines.join('\n'))
    output.event(
      'imported-crl',
      { number: String(crl.number ?? 0n), revoked: crl.entries.size, added: fresh.length },
      `${crl.entries.size} are revoked by it, ${fresh.length} of them were not known here.`,
    )
    output.notice('crl-next', `Make one of ours now: sectag ca crl${homeWords(options.home)}`)
    return { exit: 0, more: { added: fresh.length } }
  } catch (error) {
    return notWritten(notRecorded(error).text)
  }
}

async function readTheCrl({ context }: World, name: string, issuing: Certificate): Promise<Outcome<Crl, Ending>> {
  const content = readFile(resolve(context.cwd, name), name)
  const next = `openssl crl -in ${shellWord(name)} -noout -text`
  if (!(content instanceof Uint8Array))
    return refused(wrong(content.text, 'no such file is there for us', `ls -l ${shellWord(name)}`))
  const text = content[0] === 0x30 ? armour({ label: 'X509 CRL', der: content }) : byteText(content)
  const read = readCrl(text)
  if (!read.ok)
    return refused(
      wrong(`${name} is no CRL that can be read: ${read.refusal.text}`, 'likely: another file was named', next),
    )
  const against = { issuing, now: read.value.thisUpdate, lasts: 0 }
  const fault = (await checkCrl(read.value, against)).find(
    ({ code }) => code === 'wrong-issuer' || code === 'wrong-signature',
  )
  if (fault !== undefined)
    return refused({
      ...wrong(`${name} is not taken: ${fault.text}`, 'it is about certificates of another CA, or was changed', next),
      exit: 5,
    })
  if ((read.value.number ?? 0n) < BigInt(Number.MAX_SAFE_INTEGER)) return read
  const why = 'the next one must have a higher number, and there is none that we could count with'
  return refused({ ...wrong(`${name} has the number ${read.value.number}`, why, next), exit: 5 })
}

function notWritten(text: string): Ending {
  return {
    exit: 1,
    failure: {
      what: `the revocations could not be written: ${text}`,
      state: 'what is recorded is whole; what is not can be imported again',
      why: 'likely: the disk is full, or the home cannot be written to',
      next: 'repeat it when there is room',
    },
  }
}
