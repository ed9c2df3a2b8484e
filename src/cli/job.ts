import { dirname, relative, resolve } from 'node:path'
import { readFile } from './read-file.ts'
import { shellWord } from './shell-word.ts'
import {
  type EnrolProfile,
  type Files,
  itemKeys,
  type Limit,
  type Manifest,
  type Problem,
  parseManifest,
  type Settled,
  settle,
  type WantedItem,
} from '../plan/index.ts'
import type { Bytes, Instant } from '../terms/index.ts'

/** Where a user's will is written: a manifest, or flags. Paths are absolute, so that another process can read it again. */
export type Job =
  | { readonly manifest: string }
  | { readonly tag: number; readonly flags: readonly [ItemFlag, string][]; readonly enrol?: EnrolProfile }

/** The flags that name an item of the one tag. */
export type ItemFlag = keyof typeof itemKeys

/** A job with its files read. `settled` is missing where the manifest's text is wrong already. */
export interface ReadJob {
  readonly settled?: Settled
  readonly problems: readonly Problem[]
}

const flagWords: Record<ItemFlag, string> = {
  ca: 'ca',
  certificate: 'cert',
  key: 'key',
  psk: 'psk',
  'psk-identity': 'psk-identity',
}

/** A job as it would be typed again in this folder. */
export function jobWords(job: Job, cwd: string): string {
  const file = (path: string): string => {
    const near = relative(cwd, path)
    return shellWord(near.startsWith('..') || near === '' ? path : near)
  }
  if ('manifest' in job) return file(job.manifest)
  const flags = job.flags.map(
    ([flag, value]) => `--${flagWords[flag]} ${flag === 'psk-identity' ? shellWord(value) : file(value)}`,
  )
  const enrol = job.enrol === undefined ? [] : [`--enrol ${job.enrol}`]
  return [`--tag ${job.tag}`, ...flags, ...enrol].join(' ')
}

/** Reads a job's files and settles it. Nothing of a board is needed for that, and nothing of it is touched. */
export async function readJob(job: Job, now: Instant, limit?: Limit): Promise<ReadJob> {
  const read = 'manifest' in job ? readManifest(job.manifest) : { manifest: fromFlags(job), problems: [], folder: '/' }
  if (read.manifest === undefined) return { problems: read.problems }
  const settled = await settle(read.manifest, readFiles(read.manifest, read.folder), now, limit)
  return { settled, problems: settled.problems }
}

function readManifest(path: string): { manifest: Manifest | undefined; problems: readonly Problem[]; folder: string } {
  const folder = dirname(path)
  const text = readFile(path, 'the manifest')
  if (!(text instanceof Uint8Array)) return { manifest: undefined, problems: [text], folder }
  return { ...parseManifest(new TextDecoder().decode(text), path), folder }
}

function fromFlags(job: Exclude<Job, { manifest: string }>): Manifest {
  const items = job.flags.map(([flag, value]): WantedItem => {
    const source = flag === 'psk-identity' ? { text: value } : { file: value }
    return { type: itemKeys[flag], source, where: `--${flagWords[flag]}` }
  })
  items.sort((a, b) => a.type - b.type)
  const enrol = job.enrol !== undefined && { enrol: job.enrol }
  return { tags: [{ tag: job.tag, exclusive: false, ...enrol, items, where: '--tag' }] }
}

function readFiles(manifest: Manifest, folder: string): Files {
  const items = manifest.tags.flatMap((tag) => tag.items)
  const named = items.flatMap((item) => ('file' in item.source ? [[item.source.file, item.where] as const] : []))
  return new Map(named.map(([name, where]) => [name, readNamed(folder, name, where)]))
}

/** A secret that was typed where the name of a file belongs must not come back in a message. */
function readNamed(folder: string, name: string, where: string): Bytes | Problem {
  if (!/^[0-9a-f]{8,}$/i.test(name) && !name.includes('PRIVATE KEY')) return readFile(resolve(folder, name), where)
  const text = 'this looks like the secret itself, where the name of a file belongs'
  return {
    severity: 'error',
    code: 'no-file',
    where,
    text,
    next: 'put it into a file; in a manifest, { text: … } may hold it',
  }
}
