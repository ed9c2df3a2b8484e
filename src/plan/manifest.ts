import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml'
import { type CredentialType, credentialType } from '../terms/index.ts'
import type { Problem } from './problem.ts'

/** Where the content of a slot comes from: a file beside the manifest, or text in it. */
export type Source = { readonly file: string } | { readonly text: string }

/** What a certificate for a born key can be. */
export const enrolProfiles = ['device'] as const

/** One of them. */
export type EnrolProfile = (typeof enrolProfiles)[number]

/** One item that the manifest wants. */
export interface WantedItem {
  readonly type: CredentialType
  readonly source: Source
  /** Where it was said, for problems. */
  readonly where: string
}

/** One security tag of a manifest. It owns only the slots that it names; `exclusive` widens that to the whole tag. */
export interface WantedTag {
  readonly tag: number
  readonly exclusive: boolean
  /** The profile of the certificate for a key that is to be born in the modem, instead of a certificate and a key here. */
  readonly enrol?: EnrolProfile
  readonly items: readonly WantedItem[]
  readonly where: string
}

/** What a user wants a board to hold. The command line, a manifest and the desktop tool's JSON all say this. */
export interface Manifest {
  readonly tags: readonly WantedTag[]
}

/** A manifest, or what is wrong with its text. */
export type ManifestResult = { manifest: Manifest; problems: Problem[] } | { manifest: undefined; problems: Problem[] }

/** Keys of a tag, in the order in which slots are written: the root CA first, the private key last. */
export const itemKeys = {
  ca: credentialType.rootCa,
  certificate: credentialType.clientCertificate,
  key: credentialType.privateKey,
  psk: credentialType.psk,
  'psk-identity': credentialType.pskIdentity,
} as const

const desktopKeys = { caCert: 'ca', clientCert: 'certificate', privateKey: 'key' } as const

/** Reads YAML or JSON: our own manifest, or the desktop tool's `caCert, clientCert, privateKey, secTag`. */
export function parseManifest(text: string, name: string): ManifestResult {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const reader = new Reader(name, lines)
  for (const error of document.errors) reader.problem(error.pos[0], 'manifest-syntax', error.message)
  if (document.errors.length > 0) return { manifest: undefined, problems: reader.problems }
  const root = document.contents
  if (!isMap(root)) {
    reader.problem(0, 'manifest-shape', 'expected a mapping with `sectag: 1` and `tags:`')
    return { manifest: undefined, problems: reader.problems }
  }
  const tags = root.has('secTag') ? reader.desktop(root) : reader.own(root)
  const failed = reader.problems.length > 0
  return failed ? { manifest: undefined, problems: reader.problems } : { manifest: { tags }, problems: [] }
}

/** One reading of one text; collects problems with their lines. */
class Reader {
  readonly problems: Problem[] = []
  readonly #name: string
  readonly #lines: LineCounter

  constructor(name: string, lines: LineCounter) {
    this.#name = name
    this.#lines = lines
  }

  where(offset: number): string {
    return `${this.#name}:${this.#lines.linePos(offset).line}`
  }

  problem(offset: number, code: string, text: string, next?: string): void {
    this.problems.push({
      severity: 'error',
      code,
      where: this.where(offset),
      text,
      ...(next !== undefined && { next }),
    })
  }

  own(root: YAMLMap): WantedTag[] {
    let tags: WantedTag[] = []
    let version: unknown
    for (const [key, pair] of this.#pairs(root)) {
      if (key === 'sectag') version = scalar(pair.value)
      else if (key === 'tags') tags = this.#tags(pair.value)
      else this.#unknown(pair, key, ['sectag', 'tags'])
    }
    if (version !== 1)
      this.problem(offsetOf(root), 'manifest-version', 'expected `sectag: 1`, the version of the manifest')
    else if (tags.length === 0 && this.problems.length === 0) {
      this.problem(offsetOf(root), 'manifest-empty', 'the manifest wants nothing: `tags:` is missing or empty')
    }
    return tags
  }

  /** The JSON of nRF Connect's certificate manager. Empty strings are what it writes for nothing. */
  desktop(root: YAMLMap): WantedTag[] {
    const items: WantedItem[] = []
    let tag: number | undefined
    for (const [key, pair] of this.#pairs(root)) {
      const value = scalar(pair.value)
      if (key === 'secTag') tag = this.#tagNumber(pair, typeof value === 'string' ? Number(value) : value)
      else if (!(key in desktopKeys)) this.#unknown(pair, key, ['secTag', ...Object.keys(desktopKeys)])
      else if (typeof value !== 'string') this.problem(offsetOf(pair.key), 'manifest-value', `${key} must be text`)
      else if (value.trim() !== '') {
        const type = itemKeys[desktopKeys[key as keyof typeof desktopKeys]]
        items.push({ type, source: { text: value }, where: `${this.where(offsetOf(pair.key))} (${key})` })
      }
    }
    return tag === undefined ? [] : [{ tag, exclusive: false, items, where: this.where(offsetOf(root)) }]
  }

  #tags(node: unknown): WantedTag[] {
    if (!isSeq(node)) {
      this.problem(offsetOf(node), 'manifest-shape', '`tags:` must be a list, each entry with `tag:` and its items')
      return []
    }
    const seen = new Set<number>()
    return node.items.flatMap((entry) => {
      if (!isMap(entry)) {
        this.problem(offsetOf(entry), 'manifest-shape', 'expected an entry with `tag:` and its items')
        return []
      }
      const tag = this.#tag(entry)
      if (tag !== undefined && seen.has(tag.tag)) {
        this.problem(offsetOf(entry), 'duplicate-tag', `security tag ${tag.tag} stands twice`)
      }
      if (tag !== undefined) seen.add(tag.tag)
      return tag ?? []
    })
  }

  #tag(entry: YAMLMap): WantedTag | undefined {
    const items: WantedItem[] = []
    let tag: number | undefined
    let exclusive = false
    let enrol: EnrolProfile | undefined
    for (const [key, pair] of this.#pairs(entry)) {
      if (key === 'tag') tag = this.#tagNumber(pair, scalar(pair.value))
      else if (key === 'exclusive') exclusive = this.#yesNo(pair)
      else if (key === 'enrol') enrol = this.#enrol(pair)
      else if (key in itemKeys) items.push(...this.#item(pair, key as keyof typeof itemKeys))
      else this.#unknown(pair, key, ['tag', 'exclusive', 'enrol', ...Object.keys(itemKeys)])
    }
    if (tag === undefined) {
      if (!entry.has('tag'))
        this.problem(offsetOf(entry), 'manifest-shape', 'expected `tag:` with the number of the security tag')
      return undefined
    }
    items.sort((a, b) => a.type - b.type)
    return { tag, exclusive, ...(enrol !== undefined && { enrol }), items, where: this.where(offsetOf(entry)) }
  }

  #enrol(pair: Pair): EnrolProfile | undefined {
    const profile = enrolProfiles.find((one) => one === scalar(pair.value))
    if (profile === undefined)
      this.problem(offsetOf(pair.key), 'manifest-value', `enrol is one of: ${enrolProfiles.join(', ')}`)
    return profile
  }

  #item(pair: Pair, key: keyof typeof itemKeys): WantedItem[] {
    const where = `${this.where(offsetOf(pair.key))} (${key})`
    const value = scalar(pair.value)
    if (typeof value === 'string' && value !== '') {
      const source: Source = key === 'psk-identity' ? { text: value } : { file: value }
      return [{ type: itemKeys[key], source, where }]
    }
    const text = isMap(pair.value) && pair.value.items.length === 1 ? pair.value.get('text') : undefined
    if (typeof text === 'string' && text !== '') return [{ type: itemKeys[key], source: { text }, where }]
    this.problem(offsetOf(pair.key), 'manifest-value', `${key} must be the name of a file, or { text: … }`)
    return []
  }

  #tagNumber(pair: Pair, value: unknown): number | undefined {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
    this.problem(offsetOf(pair.key), 'manifest-value', 'a security tag is a whole number, such as 16842753')
    return undefined
  }

  #yesNo(pair: Pair): boolean {
    const value = scalar(pair.value)
    if (typeof value !== 'boolean') this.problem(offsetOf(pair.key), 'manifest-value', 'exclusive is true or false')
    return value === true
  }

  #pairs(map: YAMLMap): [string, Pair][] {
    return map.items.map((pair) => [String(scalar(pair.key)), pair])
  }

  #unknown(pair: Pair, key: string, known: readonly string[]): void {
    this.problem(offsetOf(pair.key), 'unknown-key', `unknown key \`${key}\``, `known here: ${known.join(', ')}`)
  }
}

function scalar(node: unknown): unknown {
  return isScalar(node) ? node.value : undefined
}

function offsetOf(node: unknown): number {
  return (node as Node | null | undefined)?.range?.[0] ?? 0
}
