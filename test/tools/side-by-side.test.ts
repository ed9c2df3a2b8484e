import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { systemClock } from '../../src/port/index.ts'
import { type FaultKind, faultKinds, personality } from '../../src/virtual/index.ts'
import { type Desk, desk } from '../support/cli.ts'
import { figure } from '../support/figures.ts'
import { findProgram, needs } from '../support/outside.ts'
import { type Paper, paper } from '../support/paper.ts'
import { inParallel } from '../support/pool.ts'
import { scale } from '../support/scale.ts'
import { nrfcloudUtils } from '../support/nordic-tools.ts'
import { byInstaller, byNrfcredstore, bySectag, type Came, provisionBy, type Tool } from './side-by-side.ts'

const program = findProgram('nrfcredstore', 'SECTAG_NRFCREDSTORE')
const root = fileURLToPath(new URL('../..', import.meta.url))
const line = personality('1.3.5')
/** At less than full scale only those that show most, and take no time. */
const kinds = scale >= 1 ? [...faultKinds.keys()] : (['flipped-byte', 'doubled-line'] as const)
const seeds = scale >= 1 ? ['1', '2', '3'] : ['1']

const names = ['sectag', 'nrfcredstore', 'nrfcloud-utils'] as const

interface Side {
  readonly tool: (typeof names)[number]
  readonly kind: FaultKind
  readonly came: Came
}

/** A folder of its own with the files, so that no run finds another's journal. */
function tableFor(files: Paper): Desk {
  const made = desk(systemClock)
  made.file('root.crt', files.ca)
  made.file('board.crt', files.certificate)
  made.file('board.key', files.key)
  return made
}

function toolOf(name: Side['tool'], made: Desk, files: Paper): Tool {
  if (name === 'sectag') return bySectag(made, files)
  const { folder } = made
  return name === 'nrfcredstore' ? byNrfcredstore(program ?? '', folder, files) : byInstaller(program ?? '', folder)
}

/** How many commands a tool sends before it writes the client certificate: there the fault strikes, whatever the tool. */
async function placeOf(name: Side['tool'], files: Paper): Promise<number> {
  if (line === undefined) throw new Error('no such firmware')
  const heard: string[] = []
  const made = tableFor(files)
  const clean = await provisionBy(toolOf(name, made, files), line, undefined, (text) => heard.push(text))
  made.clear()
  expect(clean, name).toEqual({ claims: 'success', complete: true, struck: false })
  return heard.findIndex((text) => text.startsWith('AT%CMNG=0,42,1,'))
}

function tableOf(sides: readonly Side[]): string {
  const count = (tool: Side['tool'], kind: FaultKind, which: (came: Came) => boolean): string =>
    String(sides.filter((side) => side.tool === tool && side.kind === kind && which(side.came)).length)
  const rows = kinds.map((kind) => {
    const cells = names.flatMap((tool) => [
      count(tool, kind, ({ claims, complete }) => claims === 'success' && complete),
      count(tool, kind, ({ claims, complete }) => claims === 'failure' && !complete),
      count(tool, kind, ({ claims, complete }) => claims === 'success' && !complete),
      count(tool, kind, ({ claims, complete }) => claims === 'failure' && complete),
    ])
    return `| \`${kind}\` | ${cells.join(' | ')} |`
  })
  const head = ['good', 'told bad', 'said good, is bad', 'said bad, is good']
  const heads = names.flatMap((tool) => head.map((cell) => `${tool}: ${cell}`))
  return [`| fault | ${heads.join(' | ')} |`, `|---|${heads.map(() => '---|').join('')}`, ...rows].join('\n')
}

needs('nrfcredstore and nRF Cloud utils (PyPI)', program !== undefined && nrfcloudUtils !== undefined)(
  'the same faults at the same write through sectag and the unmodified nrfcredstore and nrfcloud-utils, side by side: sectag never says good of what is bad',
  { timeout: 3_600_000 },
  async () => {
    if (line === undefined) throw new Error('no such firmware')
    const files = await paper()
    const sides: Side[] = []
    for (const tool of names) {
      const from = await placeOf(tool, files)
      const orders = kinds.flatMap((kind) => seeds.map((seed) => ({ kind, seed, from })))
      await inParallel(orders, 4, async (order) => {
        const made = tableFor(files)
        sides.push({ tool, kind: order.kind, came: await provisionBy(toolOf(tool, made, files), line, order) })
        made.clear()
      })
    }
    const lies = (tool: Side['tool']): number =>
      sides.filter((side) => side.tool === tool && side.came.claims === 'success' && !side.came.complete).length
    const [ours, credstore, utils] = [lies('sectag'), lies('nrfcredstore'), lies('nrfcloud-utils')]
    figure('faults-side-by-side', {
      mfw: line.name,
      faults: kinds.length,
      seeds: seeds.length,
      saidGoodIsBad: { sectag: ours, nrfcredstore: credstore, 'nrfcloud-utils': utils },
    })
    console.log(tableOf(sides))
    if (process.env['SECTAG_FIGURES'] === '1') {
      mkdirSync(`${root}/docs/figures`, { recursive: true })
      writeFileSync(`${root}/docs/figures/faults-side-by-side.md`, `${heading}\n${tableOf(sides)}\n`)
    }
    expect(ours).toBe(0)
    expect(sides.every(({ came }) => came.struck)).toBe(true)
  },
)

const heading = `# Faults, side by side

Each fault strikes at the write of the client certificate, on mfw 1.3.5, with ${seeds.length} seeds: once through \`sectag apply\`, once
through three writes of the unmodified \`nrfcredstore\`, once through the unmodified \`device_credentials_installer -d --verify\`. What a tool says is its exit code; what is so, an oracle reads from the
memory's bytes. The \`write\` of \`nrfcredstore\` looks at the answer, not at the digest afterwards.
`
