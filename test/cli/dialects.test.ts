import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { typedIn } from '../../src/at/index.ts'
import type { Dialect } from '../../src/virtual/index.ts'
import { cutPort } from '../support/cut.ts'
import { figure } from '../support/figures.ts'
import { sampled } from '../support/scale.ts'
import { flags, full, memory, port, tag, type Workbench, workbench } from '../support/workbench.ts'

/** The dialects, and what of them differs from one SDK to another. */
const fronts: [name: string, dialect: Dialect][] = [
  ['at-host', { name: 'at-host' }],
  ['shell of NCS 2.8 and later', { name: 'shell' }],
  ['shell before NCS 2.8', { name: 'shell', unescapesLf: false }],
  ['serial-modem', { name: 'serial-modem' }],
]

/** A verb: what it is run on, what is typed, and what must be so afterwards. */
interface Trial {
  readonly before?: (made: Workbench) => Promise<unknown>
  readonly argv: readonly string[]
  readonly input?: string
  readonly exit: number
  readonly says: string | RegExp
  readonly holds: (made: Workbench) => Record<string, string>
}

const wanted = (made: Workbench): Record<string, string> => full(made.paper)
const nothing = (): Record<string, string> => ({})
const applied = (made: Workbench): Promise<unknown> => made.run(['apply', ...port, ...flags])
const cut = (made: Workbench): Promise<unknown> => unplugged(made, 1, 200)

const verbs: Record<string, Trial> = {
  list: { before: applied, argv: ['list'], exit: 0, says: /16842753 .*root CA/, holds: wanted },
  info: { argv: ['info'], exit: 0, says: 'mfw_nrf91x1_2.0.2', holds: nothing },
  plan: { argv: ['plan', ...flags], exit: 1, says: 'missing', holds: nothing },
  apply: { argv: ['apply', ...flags], exit: 0, says: 'same (LF)', holds: wanted },
  verify: { before: applied, argv: ['verify', ...flags], exit: 0, says: 'same (LF)', holds: wanted },
  erase: { before: applied, argv: ['erase', '--tag', String(tag), '--yes'], exit: 0, says: 'erase', holds: nothing },
  resume: { before: cut, argv: ['resume'], exit: 0, says: 'in doubt', holds: wanted },
  record: {
    argv: ['record', '--out', 'board.at'],
    input: 'AT+CGMR\nAT%CMNG=1\n',
    exit: 0,
    says: '< mfw_nrf91x1_2.0.2',
    holds: nothing,
  },
}

/** An apply whose cable is pulled after so many bytes of the write of one type have arrived. */
async function unplugged(made: Workbench, type: number, bytes: number): Promise<number> {
  made.boards.set('test:board', () => {
    const { port, unplug } = made.board.plug()
    return cutPort(port, type, bytes, () => made.board.clock.sleep(50).then(unplug))
  })
  const ran = await made.run(['apply', ...port, ...flags])
  made.boards.set('test:board', () => made.board.plug().port)
  return ran.exit
}

async function inputOf(text: string): Promise<AsyncIterable<string>> {
  return (async function* () {
    yield text
  })()
}

const table = fronts.flatMap(([name, dialect]) => Object.keys(verbs).map((verb) => [verb, name, dialect] as const))

test.each(table)('%s works over %s, and the board is given back as it was found', async (verb, name, dialect) => {
  const trial = verbs[verb]
  if (trial === undefined) throw new Error(`no verb ${verb}`)
  const made = await workbench({ dialect })
  await made.active()
  await trial.before?.(made)
  const [word = '', ...rest] = trial.argv
  const input = await inputOf(trial.input ?? '')
  const ran = await made.run([word, ...port, ...rest], { input })
  expect(ran.exit, `${name}: ${ran.out}${ran.err}`).toBe(trial.exit)
  expect(ran.out + ran.err).toMatch(trial.says)
  expect(memory(made)).toEqual(trial.holds(made))
  expect(made.board.modem.state.functionalMode).toBe(1)
  made.clear()
})

test.each(fronts)('--dialect names what %s is, and nothing has to be found out', async (_, dialect) => {
  const made = await workbench({ dialect })
  const ran = await made.run(['apply', ...port, ...flags, '--dialect', dialect.name, '--transcript', 'talk.at'])
  expect(ran.exit).toBe(0)
  expect(memory(made)).toEqual(full(made.paper))
  expect(readFileSync(join(made.folder, 'talk.at'), 'utf8')).not.toContain('# dialect')
  made.clear()
})

test('an AT host that is spoken to as a shell says ERROR: that is an answer, and the next command goes without --dialect', async () => {
  const made = await workbench()
  const ran = await made.run(['list', ...port, '--dialect', 'shell'])
  expect(ran.exit).toBe(4)
  expect(ran.err).toMatch(/^error +what answers at test:board says no to the first questions: ERROR, without a number/m)
  expect(ran.err).toMatch(/^why +likely: --dialect shell does not fit/m)
  expect(ran.err).toMatch(/^next +sectag info --port test:board {3}#/m)
  made.clear()
})

test('a wrong --dialect changes nothing, and says that nobody answers', async () => {
  const made = await workbench({ dialect: { name: 'shell' } })
  const ran = await made.run(['apply', ...port, ...flags, '--dialect', 'at-host'])
  expect(ran.exit).toBe(3)
  expect(ran.err).toContain('or --dialect at-host does not fit what is there')
  expect(memory(made)).toEqual({})
  made.clear()
})

test.each(fronts)('no key is in a transcript of %s, though a shell types back what is typed', async (_, dialect) => {
  const made = await workbench({ dialect })
  await made.run(['apply', ...port, ...flags, '--transcript', 'talk.at'])
  const talk = readFileSync(join(made.folder, 'talk.at'), 'utf8')
  const body = made.paper.key.split('\n').slice(1, -2).join('')
  for (let at = 0; at + 16 <= body.length; at += 8) expect(talk).not.toContain(body.slice(at, at + 16))
  expect(talk).toContain('BEGIN CERTIFICATE')
  made.clear()
})

test('a shell whose line is too short for a certificate says so, and nothing torn is stored (SHELL-08, SHELL-15, SHELL-16)', async () => {
  const made = await workbench({ dialect: { name: 'shell', longest: 256 } })
  const ran = await made.run(['apply', ...port, ...flags])
  expect(ran.exit).toBe(4)
  expect(memory(made)).toEqual({})
  expect((await made.run(['list', ...port])).exit).toBe(0)
  made.clear()
})

test.each(fronts)(
  'over %s, a cable that is pulled at any byte of a write commits nothing torn; the next run gains attention, and resume ends it',
  { timeout: 3_600_000 },
  async (name, dialect) => {
    const first = await workbench({ dialect })
    const command = `AT%CMNG=0,${tag},1,"${first.paper.certificate}"`
    const typed = typedIn(dialect.name, command)
    // The gate counts from AT on, so that what a shell wants in front of it has always arrived.
    const length = (typed.ok ? typed.value : '').length - (dialect.name === 'shell' ? 4 : 0)
    first.clear()
    const offsets = sampled(Array.from({ length: length + 1 }, (_, at) => at))
    let [torn, resumed] = [0, 0]
    for (const bytes of offsets) {
      const made = await workbench({ dialect })
      await made.active()
      expect(await unplugged(made, 1, bytes), `cut at ${bytes}`).toBe(7)
      expect((await made.run(['list', ...port])).exit, `cut at ${bytes}`).toBe(0)
      const whole = full(made.paper)
      if (!Object.entries(memory(made)).every(([slot, text]) => whole[slot] === text)) torn++
      const ended = await made.run(['resume', ...port])
      if (ended.exit === 0 && JSON.stringify(memory(made)) === JSON.stringify(whole)) resumed++
      made.clear()
    }
    figure(`unplug-at-every-byte-over-${name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}`, {
      dialect: name,
      bytesOfTheWrite: length,
      cuts: offsets.length,
      tornCommitted: torn,
      resumed,
    })
    expect({ torn, resumed }).toEqual({ torn: 0, resumed: offsets.length })
  },
)

test.each(fronts)('%s: a CA that shows no digest is read back whole, with its line ends', async (_, dialect) => {
  const made = await workbench({ mfw: '1.0.0', dialect })
  await applied(made)
  const first = async (): Promise<unknown> => {
    const ran = await made.run(['verify', ...port, ...flags, '--json'])
    return ran.events.find((event) => event['type'] === 'slot')
  }
  expect(await first()).toMatchObject({ is: 'same', variant: 'LF, read back' })
  made.board.modem.execute(`AT%CMNG=0,${tag},0,"${made.paper.ca.replaceAll('\n', '\r\n')}"`)
  expect(await first()).toMatchObject({ is: 'same', variant: 'CRLF, read back' })
  made.clear()
})
