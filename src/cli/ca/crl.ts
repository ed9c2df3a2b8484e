import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Crl, checkCrl } from '../../pki/index.ts'
import { hex, type Outcome, ok, refused } from '../../terms/index.ts'
import { replaceFile } from '../home/on-disk.ts'
import type { Ending } from '../output.ts'
import type { CaAction, CaOptions } from './action.ts'
import { crlNotMade, notReplaced, wrongCrlDays } from './crl-endings.ts'
import { makeCrl } from './make-crl.ts'
import { type HomeAuthority, openHomeAuthority } from './open.ts'
import { latestCrlFile, readOwnCrl } from './own-crl.ts'
import { notRecorded, type RecordProblem } from './record-problem.ts'
import { readRevocations, revokeAndRecord } from './revocations.ts'
import { tellCrl } from './tell-crl.ts'
import type { World } from './world.ts'

/** `sectag ca crl`: a list of everybody who is revoked, for brokers. */
export const crlAction: CaAction = {
  name: 'crl',
  explained: 'makes a CRL in <home>/ca/issuing.crl, and puts a copy where --out says, over the one before',
  options: ['days', 'out', 'passphraseFile'],
  run: crl,
}

/** Days that a CRL must be good for: who looks every few days must have time to make the next. */
const fewestDays = 4
const mostDays = 3650

async function crl(world: World, options: CaOptions): Promise<Ending> {
  const { context, output } = world
  const { days, out } = options
  if (days !== undefined && (days < fewestDays || days > mostDays)) return wrongCrlDays(fewestDays, mostDays)
  const home = await openHomeAuthority(world, options)
  if (!home.ok) return home.refusal
  const path = out === undefined ? undefined : resolve(context.cwd, out)
  const made = await make(world, home.value, path, days === undefined ? {} : { days })
  if (!made.ok) return 'exit' in made.refusal ? made.refusal : crlNotMade(made.refusal, options)
  const { entries, number } = made.value
  tellCrl(output, made.value, { file: latestCrlFile(home.value.folder), now: context.clock.now(), out: path })
  return { exit: 0, more: { number: Number(number), entries: entries.size } }
}

/** Makes one that follows on what is there, and puts it there. */
async function make(
  { output }: World,
  home: HomeAuthority,
  path: string | undefined,
  order: { readonly days?: number },
): Promise<Outcome<Crl, RecordProblem | Ending>> {
  try {
    const { issuing } = home.authority
    const there = path === undefined ? undefined : await readOwnCrl(path, issuing)
    if (path !== undefined && existsSync(path) && there === undefined) return refused(notReplaced(path))
    const remembered = remember(home, [there, await readOwnCrl(latestCrlFile(home.folder), issuing)])
    if (!remembered.ok) return remembered
    if (remembered.value > 0) output.warn('revocations-remembered', rememberedWords(remembered.value))
    return await makeCrl(home, {
      ...order,
      ...(there?.number !== undefined && { after: there.number }),
      ...(path !== undefined && { put: (crl: Crl) => putCopy(home, path, crl) }),
    })
  } catch (error) {
    return refused(notRecorded(error))
  }
}

/** Who is in a CRL of ours and not in the list of revocations was forgotten: the list comes from an old copy. */
function remember(home: HomeAuthority, crls: readonly (Crl | undefined)[]): Outcome<number, RecordProblem> {
  const known = new Set(readRevocations(home.folder).entries.map(({ serial }) => serial))
  const forgotten = new Set(crls.flatMap((crl) => [...(crl?.entries.keys() ?? [])])).difference(known)
  for (const serial of forgotten) {
    const again = revokeAndRecord(home, { serial, unregistered: true })
    if (!again.ok) return again
  }
  return ok(forgotten.size)
}

function rememberedWords(count: number): string {
  return `${count} revocations stood in a CRL of this authority and were recorded no more; they are again. Likely: the home comes from an old copy.`
}

/** Puts a copy where a broker reads it, unless it would lock boards out that the one there lets in. */
async function putCopy(
  { authority, clock, random }: HomeAuthority,
  path: string,
  crl: Crl,
): Promise<RecordProblem | undefined> {
  const { issuing } = authority
  const loaded = await readOwnCrl(path, issuing)
  const [fault] = await checkCrl(crl, { issuing, now: clock.now(), lasts: 0, ...(loaded && { loaded }) })
  if (fault !== undefined) return { code: 'guarded', text: fault.text }
  replaceFile({ path, text: crl.pem, mode: 0o644 }, hex(random.bytes(4)))
  return undefined
}
