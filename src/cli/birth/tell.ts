import { type Birth, type Identified, recovered } from '../../identity/index.ts'
import { hex, isoTime, sameBytes } from '../../terms/index.ts'
import type { Look, Output } from '../output.ts'
import { table } from '../table.ts'
import type { BirthCase, NoCase } from './case.ts'

const looks: Record<Birth['birth'], Look> = { born: 'strong', unknown: 'unknown', broken: 'bad' }
const heads: Record<Birth['birth'], string> = { born: 'BORN', unknown: 'UNKNOWN', broken: 'FAIL' }

const words: Record<Birth['birth'], string> = {
  born: 'was born there',
  unknown: 'may have been born there',
  broken: 'is not shown to be born there',
}

/** What no offline check can say. */
const unsaid = [
  'whether the modem still holds the key',
  'whether the certificate has run out or was revoked',
  'that Nordic made this device: no registry was asked',
].join('; ')

/** Tells what was found of one key, link by link, what it rests on, and what it does not say. */
export function tellBirth(output: Output, one: BirthCase, found: Birth): void {
  const { proof } = one.evidence
  const { birth, key, links, identified } = found
  const identityKey = 'key' in identified ? hex(identified.key) : undefined
  const told = {
    birth,
    name: one.name,
    tag: proof.tag,
    deviceUuid: proof.deviceUuid,
    links,
    rests: restsOn(one, found),
    unsaid,
    ...(key !== undefined && { key }),
    ...(identityKey !== undefined && { identityKey }),
    ...(one.ground !== undefined && { ground: one.ground }),
    ...(one.note !== undefined && { note: one.note }),
  }
  const { rests, note } = told
  const rows = [
    ...links.map(({ part, holds, text }) => [`  ${part}`, holdsWord(holds), text]),
    ...Object.entries({
      key: key && `SHA-256 ${key}`,
      'identity key': identityKey,
      'rests on': rests,
      'not said': unsaid,
      note,
    }).flatMap(([name, text]) => (text === undefined ? [] : [[`  ${name}`, '', text]])),
  ]
  const head = `${output.look(looks[birth], heads[birth])}  ${one.name} ${words[birth]}`
  output.event('birth', told, `${head}\n${table(['  LINK', 'HOLDS', ''], rows)}`)
}

/** Tells of a key of which there is nothing to check. */
export function tellWithout(output: Output, { name, without, why }: NoCase): void {
  const birth = without === 'from-file' ? 'broken' : 'unknown'
  output.event(
    'birth',
    { birth, links: [], rests: why, name },
    `${output.look(looks[birth], heads[birth])}  ${name}: ${why}`,
  )
}

function holdsWord(holds: boolean | undefined): string {
  return holds === undefined ? '?' : holds ? 'yes' : 'NO'
}

/** Whose word the identity key is taken on, and whether signatures that are at hand leave only this one. */
function restsOn({ evidence, ground }: BirthCase, { identified }: Birth): string {
  if (ground === undefined) return 'nothing: no identity key is pinned for this device, and none was given'
  const signatures = signaturesWords(recovered([evidence.proof, ...evidence.beside]), identified)
  if (ground.by === 'given') return `--identity-key, which you vouch for; ${signatures}`
  return `the identity key pinned ${isoTime(ground.at)}, when board ${ground.board} was met over its cable; ${signatures}`
}

/** What the signatures at hand say of the identity key without being told it. */
function signaturesWords(alone: Identified, known: Identified): string {
  if (alone.by === 'one-signature') return 'one signature at hand leaves several keys, this one may be among them'
  if (alone.by !== 'two-signatures') return 'no key can have made all signatures at hand'
  return 'key' in known && sameBytes(alone.key, known.key)
    ? 'two signatures at hand leave this identity key and no other'
    : 'two signatures at hand leave ANOTHER key'
}
