import { longestCommand } from '../numbers/index.ts'
import { type Digest, digestVariants, sha256Hex } from '../pki/index.ts'
import {
  type Bytes,
  bySlot,
  bytesOf,
  byteText,
  credentialType,
  type Instant,
  Secret,
  type Slot,
  slotKey,
  typeName,
  utf8,
} from '../terms/index.ts'
import { lintSet, lintTag } from './lint.ts'
import type { Manifest, WantedItem, WantedTag } from './manifest.ts'
import { readMaterial } from './material.ts'
import { hasErrors, type Problem } from './problem.ts'
import type { Material, SettledItem } from './settled-item.ts'

/** A slot as it should be, without its content: what a run and a journal may know. */
export interface Wanted extends Slot {
  readonly source: 'text' | 'enrol' | 'existing'
  /** The digests of every legal form of the text; the first is the form that is written. */
  readonly variants?: readonly Digest[]
  readonly profile?: string
}

/** A settled manifest: what is wanted, what to write, and what is to be said about it. With errors, nothing is to be done. */
export interface Settled {
  readonly wanted: readonly Wanted[]
  readonly materials: ReadonlyMap<string, Material>
  readonly exclusiveTags: ReadonlySet<number>
  readonly problems: readonly Problem[]
}

/** A file's bytes by the name that the manifest gives it; a problem where it cannot be read. */
export type Files = ReadonlyMap<string, Bytes | Problem>

/** How an item of so many bytes is too long for whoever takes it, in words; undefined where it is not. */
export type Limit = (slot: Slot, bytes: number) => string | undefined

/** Turns a manifest and its files into what is wanted. Pure: the edge has read the files, and `now` judges expiry. */
export async function settle(
  manifest: Manifest,
  files: Files,
  now: Instant,
  limit: Limit = hostLimit,
): Promise<Settled> {
  const problems: Problem[] = []
  const wanted: Wanted[] = []
  const materials = new Map<string, Material>()
  for (const tag of manifest.tags) {
    problems.push(...lintTag(tag))
    const settled = tag.items.map((item) => settleItem(tag, item, { files, now, limit }))
    problems.push(...settled.flatMap((item) => item.problems))
    const found = settled.flatMap((item) => item.found ?? [])
    problems.push(...(await lintSet(tag, found)))
    if (tag.enrol !== undefined) wanted.push(...bornPair(tag.tag, tag.enrol))
    for (const { material, variants } of found) {
      wanted.push({ ...material.slot, source: 'text', variants })
      materials.set(slotKey(material.slot), material)
    }
  }
  const exclusiveTags = new Set(manifest.tags.filter((tag) => tag.exclusive).map((tag) => tag.tag))
  return { wanted: wanted.sort(bySlot), materials, exclusiveTags, problems }
}

/** The certificate and the key of a tag whose key is to be born in the modem. */
function bornPair(tag: number, profile: string): Wanted[] {
  const types = [credentialType.clientCertificate, credentialType.privateKey]
  return types.map((type) => ({ tag, type, source: 'enrol', profile }))
}

function settleItem(
  tag: WantedTag,
  item: WantedItem,
  { files, now, limit }: { files: Files; now: Instant; limit: Limit },
): { found?: SettledItem; problems: readonly Problem[] } {
  const bytes = bytesFor(item, files)
  if (!(bytes instanceof Uint8Array)) return { problems: [bytes] }
  const origin = 'file' in item.source ? item.source.file : item.where
  const read = readMaterial(item.type, byteText(bytes), origin, now)
  const problems = read.problems.map((problem) => nameFile(problem, item))
  if (read.content === undefined || hasErrors(problems)) return { problems }
  const content = bytesOf(read.content)
  const slot = { tag: tag.tag, type: item.type }
  const material: Material = {
    slot,
    content: new Secret(content),
    bytes: content.length,
    certificates: read.certificates,
    origin,
  }
  const pem = item.type <= credentialType.privateKey
  const variants = pem ? digestVariants(content, bytes) : [{ variant: 'the text', sha256: sha256Hex(content) }]
  const tooLong = lengthProblem(slot, limit(slot, content.length), origin)
  return { found: { material, variants }, problems: [...problems, ...tooLong] }
}

/** Puts the name of the file into a hint, as a shell takes it; text that stands in the manifest has none. */
function nameFile(problem: Problem, { source }: WantedItem): Problem {
  if (problem.next === undefined || !problem.next.includes('FILE')) return problem
  const { next, ...rest } = problem
  if (!('file' in source)) return rest
  const quoted = (name: string): string => (/^[\w./:@+-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`)
  return {
    ...rest,
    next: next.replaceAll(/FILE(\.\w+)?/g, (_, ending: string | undefined) => quoted(source.file + (ending ?? ''))),
  }
}

function bytesFor(item: WantedItem, files: Files): Bytes | Problem {
  if ('text' in item.source) return utf8(item.source.text)
  const { file } = item.source
  return files.get(file) ?? { severity: 'error', code: 'no-file', where: item.where, text: `there is no file ${file}` }
}

/** What is over the limit would lose its end in the AT host without a word (HOST-08): refused before anything is sent. */
const hostLimit: Limit = (slot, bytes) => {
  const whole = `AT%CMNG=0,${slot.tag},${slot.type},""`.length + bytes
  if (whole <= longestCommand) return undefined
  return `${whole - longestCommand} bytes too long: with its command it has ${whole}, and an AT host takes ${longestCommand}`
}

function lengthProblem(slot: Slot, how: string | undefined, origin: string): Problem[] {
  if (how === undefined) return []
  return [
    {
      severity: 'error',
      code: 'too-long',
      where: origin,
      text: `the ${typeName(slot.type)} is ${how}`,
      next: 'use a smaller certificate (P-256 instead of RSA), or leave out certificates that are not needed',
    },
  ]
}
