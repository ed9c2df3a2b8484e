import { type Firmware, firmwareFor, firmwareNamed, type Pairing, sdkName, verifiedPairs } from '../../numbers/index.ts'
import type { Output } from '../output.ts'
import { table } from '../table.ts'
import { wrapped } from '../wrap.ts'
import { tellNewest, tellNoWayBack, tellPreferred } from './advice.ts'
import type { Asked } from './asked.ts'
import { judged } from './found.ts'

/** What may not be, or only on a bench. */
const refused: ReadonlySet<Pairing['is']> = new Set(['forbidden', 'tests-only'])

/** The one pair that was asked about, or all firmware that goes with the SDK or the chip. False where nothing of it may be. */
export function tellPairs(output: Output, asked: Asked): boolean {
  const found = candidates(asked).map((candidate) => judged(candidate, asked))
  for (const { candidate, pair } of found) output.event('pair', { ...namesOf(candidate, asked), ...pair })
  const rows = found.map(({ candidate, pair }) => [candidate.text, pair.is, `${pair.words} (${pair.facts.join(', ')})`])
  if (rows.length > 0) output.say(table(['MODEM FIRMWARE', 'IS', 'WHY'], rows, output.columns))
  else tellNone(output, asked)
  if (asked.firmware !== undefined) tellNoWayBack(output, asked.firmware)
  tellPreferred(output, asked, found)
  const good = found.some(({ pair }) => !refused.has(pair.is))
  if (asked.revision !== undefined && !good) tellNewest(output, asked.revision)
  return good
}

/** COMPAT-64: of the chips after the nRF9160 no pairs are known. */
function candidates({ firmware, revision, sdk }: Asked): Firmware[] {
  if (firmware !== undefined) return [firmware]
  if (revision !== undefined && revision.chip !== 'nRF9160') return []
  const listed = sdk === undefined ? verifiedPairs : firmwareFor(sdk)
  return listed.flatMap((entry) => firmwareNamed(entry.firmware) ?? [])
}

function namesOf(candidate: Firmware, { revision, sdk }: Asked): Record<string, string> {
  return {
    firmware: candidate.text,
    ...(sdk !== undefined && { sdk: sdkName(sdk) }),
    ...(revision !== undefined && { hardware: `${revision.chip} ${revision.code}` }),
  }
}

function tellNone(output: Output, { sdk, revision }: Asked): void {
  const words =
    revision !== undefined && revision.chip !== 'nRF9160'
      ? `the pairs of ${revision.chip} stand in a matrix of their own, which was not read (COMPAT-64)`
      : `no modem firmware is listed with ${sdk === undefined ? 'it' : `NCS ${sdkName(sdk)}`}, nor with a neighbour of it (COMPAT-19); \`sectag compat\` lists what is known`
  output.notice('no-pair', words, { facts: ['COMPAT-19', 'COMPAT-64'] }, wrapped(words, output.columns))
}

/** Every verified pair. */
export function tellAll(output: Output): void {
  const rows = verifiedPairs.map(({ firmware, sdks, fact }) => {
    output.event('verified', { firmware, sdks, fact })
    return [firmware, sdks.join(', '), fact]
  })
  output.say(table(['MODEM FIRMWARE', 'VERIFIED WITH', 'FACT'], rows))
  const rule = 'mfw 1.3 is for Rev 2 (B1A); on Rev 1 (B0A) for tests only, and there is no way back that is recommended'
  output.say(`\n${wrapped(`${rule} (COMPAT-20 to COMPAT-23)`, output.columns)}`)
}
