import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { AuthorityFiles } from '../../pki/index.ts'

/** The names of an authority's files in its folder. */
export const fileNames = {
  rootCertificate: 'root.crt',
  rootKey: 'root.key',
  issuingCertificate: 'issuing.crt',
  issuingKey: 'issuing.key',
  crlUrl: 'crl.url',
} as const satisfies Record<keyof AuthorityFiles, string>

/** What a home has of an authority. */
export type AuthorityFolder =
  /** Nothing that was ever used. `begun`: folders that a killed `ca init` has left, of which nothing was issued. */
  | { readonly is: 'absent'; readonly begun: readonly string[] }
  /** Files are gone that no `ca init` of ours leaves out: it finishes a folder before it gives it its name. */
  | { readonly is: 'incomplete'; readonly missing: readonly string[] }
  | { readonly is: 'unreadable'; readonly text: string }
  | { readonly is: 'whole'; readonly files: AuthorityFiles; readonly rootKeyHere: boolean }

/** Where an authority is made before it has its name. */
export function folderInMaking(folder: string, id: string): string {
  return `${folder}.making-${id}`
}

/** Folders in which an authority was begun and not finished. */
export function foldersBegun(folder: string): string[] {
  const parent = dirname(folder)
  if (!existsSync(parent)) return []
  const names = readdirSync(parent).filter((name) => name.startsWith(folderInMaking(basename(folder), '')))
  return names.map((name) => join(parent, name))
}

/** Looks at the folder of an authority and reads its files. The root's key may be kept elsewhere. */
export function readFolder(folder: string): AuthorityFolder {
  try {
    if (!existsSync(folder) || readdirSync(folder).length === 0) return { is: 'absent', begun: foldersBegun(folder) }
    const here = (name: string): boolean => existsSync(join(folder, name))
    // An authority from before there were addresses of CRLs has none, and so have its certificates.
    const { rootKey, crlUrl, ...needed } = fileNames
    const missing = Object.values(needed).filter((name) => !here(name))
    if (missing.length > 0) return { is: 'incomplete', missing }
    const read = (name: string): string => (here(name) ? readFileSync(join(folder, name), 'latin1') : '')
    return {
      is: 'whole',
      rootKeyHere: here(rootKey),
      files: {
        rootCertificate: read(fileNames.rootCertificate),
        rootKey: read(rootKey),
        issuingCertificate: read(fileNames.issuingCertificate),
        issuingKey: read(fileNames.issuingKey),
        crlUrl: read(crlUrl).trim(),
      },
    }
  } catch (error) {
    return { is: 'unreadable', text: error instanceof Error ? error.message : String(error) }
  }
}
