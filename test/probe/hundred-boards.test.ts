import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { systemClock } from '../../src/port/index.ts'
import type { ToolName } from '../../src/probe/index.ts'
import { fromUtf8 } from '../../src/terms/index.ts'
import { type Desk, desk } from '../support/cli.ts'
import { figure } from '../support/figures.ts'
import { inParallel } from '../support/pool.ts'
import { scaled } from '../support/scale.ts'
import { issue, type Issued, tlsPaper } from '../support/tls-paper.ts'
import { benchBoard, boardTag } from '../support/virtual-board.ts'
import { watching } from '../support/watching.ts'
import { fakeNames, type ProbeBench, probeBench } from './chip/bench.ts'
import type { SimulatedChip } from './chip/chip.ts'
import { openWriterPage, testApplication, testWriter } from './chip/programs.ts'

const tools: readonly ToolName[] = ['nrfutil', 'jlink', 'pyocd', 'probe-rs']
const made: Desk = desk(systemClock)
const bench: ProbeBench = probeBench(fakeNames)
afterAll(() => {
  bench.clear()
  made.clear()
})

/** A board without a UART: a chip with its modem, a probe at it, and files of its own. */
interface Board {
  readonly name: string
  readonly serial: string
  readonly tool: ToolName
  readonly chip: SimulatedChip
  readonly paper: Issued
}

async function boardNumber(index: number, root: Issued): Promise<Board> {
  const name = `board-${index}`
  const chip = bench.chip({ seed: 'hundred', index, writerTakes: index % 3 })
  const serial = String(1_050_000_000 + index)
  bench.plug(serial, chip)
  const paper = await issue({ subject: name, under: root })
  writeFileSync(join(made.folder, `${name}.crt`), paper.pem)
  writeFileSync(join(made.folder, `${name}.key`), paper.key, { mode: 0o600 })
  return { name, serial, tool: tools[index % tools.length] ?? 'nrfutil', chip, paper }
}

/** The list that `--boards` takes. */
function listOf(boards: readonly Board[]): string {
  const rows = boards.map(({ serial, name }) => `${serial},${boardTag},root.crt,${name}.crt,${name}.key`)
  return `probe,tag,ca,cert,key\n${rows.join('\n')}\n`
}

/** Its application runs, connects with what the modem holds, and the broker is watched: how the watch ended. */
async function session({ name, chip }: Board): Promise<string> {
  const modem = await chip.modem()
  const flags = ['--server-cert', 'server.crt', '--server-key', 'server.key', '--client-ca', 'root.crt']
  const ran = await watching(made, ['--cert', `${name}.crt`, ...flags, '--json'], async ({ port, says }) => {
    const { board } = benchBoard(port, {}, { modem, clientId: name })
    await board.boot()
    await says(/"type":"result"/)
    await board.halt()
  })
  return String(ran.result['verdict'])
}

test('a hundred boards without a UART, over four tools, are written, given their application, and proven by its session', async () => {
  const { root, server } = await tlsPaper()
  for (const [name, text] of [
    ['root.crt', root.pem],
    ['server.crt', server.pem],
    ['server.key', server.key],
    ['writer.hex', testWriter()],
    ['lamp.hex', testApplication('lamp')],
  ] as const)
    made.file(name, text)
  const boards: Board[] = []
  for (let index = 0; index < scaled(100, tools.length); index++) boards.push(await boardNumber(index, root))
  const began = performance.now()

  const written: Record<string, number> = {}
  for (const tool of tools) {
    const own = boards.filter((board) => board.tool === tool)
    made.file(`${tool}.csv`, listOf(own))
    const argv = ['apply', '--boards', `${tool}.csv`, '--probe-tool', tool]
    const env = { ...process.env, ...bench.env, SECTAG_HOME: join(made.folder, 'home') }
    const ran = await made.run([...argv, '--writer', 'writer.hex', '--program-app', 'lamp.hex', '--json'], { env })
    const failures = ran.events.filter(({ failure }) => failure !== undefined)
    expect(ran.exit, `${tool}: ${JSON.stringify(failures)}`).toBe(0)
    written[tool] = ran.events.filter(({ type, exit }) => type === 'probe' && exit === 0).length
    expect(written[tool]).toBe(own.length)
  }
  const writtenAfter = performance.now()

  for (const { chip } of boards) {
    expect(chip.program).toEqual({ is: 'application', name: 'lamp' })
    expect(chip.state.running).toBe(true)
    expect(fromUtf8(Uint8Array.from(chip.flash.read(0, 0x10_0000)))).not.toContain('PRIVATE KEY')
    expect(new Set(chip.flash.read(openWriterPage, openWriterPage + 0x4000))).toEqual(new Set([0xff]))
  }
  let passed = 0
  await inParallel(boards, 4, async (board) => {
    expect(await session(board), board.name).toBe('PASS')
    passed++
  })

  figure('boards-by-probe', {
    boards: boards.length,
    written,
    passed,
    callsPerBoard: Math.round((bench.calls().length / boards.length) * 10) / 10,
    secondsToWrite: Math.round((writtenAfter - began) / 1000),
    secondsToProve: Math.round((performance.now() - writtenAfter) / 1000),
  })
  expect(passed).toBe(boards.length)
}, 1_800_000)
