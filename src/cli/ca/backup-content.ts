import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Bytes, fromUtf8, utf8 } from '../../terms/index.ts'
import type { FolderFile } from './put-folder.ts'

/** Octets that the files of an authority may have together: some hundred thousand certificates. */
const largest = 64 * 2 ** 20

const plainName = /^(?:keys\/)?(?!\.)[\w.-]{1,80}$/

/** Every file of an authority's folder, but what is only there while somebody works in it. Throws what the system throws. */
export function folderContent(folder: string): FolderFile[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => plainName.test(name) && !/\.(?:part|lock)$/.test(name) && statSync(join(folder, name)).isFile())
  return names.toSorted().map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
}

/** The octets that are sealed: JSON. */
export function writeContent(files: readonly FolderFile[]): Bytes {
  const octets = utf8(JSON.stringify({ files }))
  if (octets.length > largest) throw new RangeError('the authority is larger than 64 MiB')
  return octets
}

/** The files that were sealed; undefined where something is in it that no backup of ours holds. */
export function readContent(plain: Bytes): FolderFile[] | undefined {
  try {
    const { files } = JSON.parse(fromUtf8(plain)) as { files: FolderFile[] }
    const sound = files.every(({ name, text }) => plainName.test(name) && typeof text === 'string')
    return sound && new Set(files.map(({ name }) => name)).size === files.length ? files : undefined
  } catch {
    return undefined
  }
}
