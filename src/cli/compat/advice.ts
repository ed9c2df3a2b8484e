import {
  capabilities,
  type Firmware,
  firmwareFor,
  firmwareNamed,
  newestFor,
  type Revision,
  sdkName,
} from '../../numbers/index.ts'
import type { Output } from '../output.ts'
import { wrapped } from '../wrap.ts'
import type { Asked } from './asked.ts'
import { type Found, judged } from './found.ts'

/** COMPAT-23, LOSS-29: what stands before 1.3 is not for a modem that had 1.3. */
export function tellNoWayBack(output: Output, { family, version: [major, minor] }: Firmware): void {
  if (family !== 'nrf9160' || major !== 1 || minor >= 3) return
  const words =
    'not on a modem that had mfw 1.3: going back across 1.3 is not recommended, its file system may suffer (COMPAT-23, LOSS-29)'
  output.notice('no-way-back', words, { facts: ['COMPAT-23', 'LOSS-29'] }, wrapped(words, output.columns))
}

/** COMPAT-66: of two that are verified with the SDK, the one with the guards; also where only the other was asked about. */
export function tellPreferred(output: Output, asked: Asked, found: readonly Found[]): void {
  const { sdk } = asked
  const shown = found.filter(({ pair }) => pair.is === 'verified').map(({ candidate }) => candidate)
  if (sdk === undefined || !shown.some((candidate) => !capabilities(candidate).guardsSupply)) return
  const guarded = firmwareFor(sdk)
    .flatMap(({ firmware }) => firmwareNamed(firmware) ?? [])
    .find((candidate) => capabilities(candidate).guardsSupply && judged(candidate, asked).pair.is === 'verified')
  if (guarded === undefined) return
  const words =
    shown.length > 1
      ? 'prefer 1.3.2 or later: its listings show real digests, and it does not write at a low supply (528)'
      : `mfw ${guarded.version.join('.')} pairs with NCS ${sdkName(sdk)} too; prefer it: its listings show real digests, and it does not write at a low supply (528)`
  const facts = ['COMPAT-66', 'DIG-26', 'COMPAT-38']
  output.event('preferred', { words, facts }, `\n${wrapped(`${words} (${facts.join(', ')})`, output.columns)}`)
}

/** COMPAT-24: where what was asked about is not for production, what is. */
export function tellNewest(output: Output, revision: Revision): void {
  const newest = revision.code === 'B0A' ? newestFor(revision) : undefined
  const sdk = newest?.sdks.at(-1)
  if (newest === undefined || sdk === undefined) return
  const facts = [newest.fact, 'COMPAT-24']
  const words = `likely: in production ${revision.code} ends with mfw ${newest.firmware} and NCS ${sdk} (${facts.join(', ')})`
  output.event('preferred', { words, facts }, `\n${wrapped(words, output.columns)}`)
}
