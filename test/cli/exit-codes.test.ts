import { afterAll, expect, test } from 'vitest'
import { exitCodes, exitTable } from '../../src/cli/exit-codes.ts'
import { memoryCable } from '../../src/at/index.ts'
import { type PortProblem, systemClock } from '../../src/port/index.ts'
import { refused } from '../../src/terms/index.ts'
import { desk } from '../support/cli.ts'
import { freshPaper } from '../support/paper.ts'
import { cutPort } from '../support/cut.ts'
import { flags, port, tag, type Workbench, workbench } from '../support/workbench.ts'

const benches: Workbench[] = []
afterAll(() => {
  for (const bench of benches) bench.clear()
})

async function bench(options: Parameters<typeof workbench>[0] = {}): Promise<Workbench> {
  const made = await workbench(options)
  benches.push(made)
  return made
}

const refusing = (made: Workbench, spoiled: RegExp): void =>
  made.board.modem.inFront((text, answer) => (spoiled.test(text) ? { text: 'ERROR\r\n', takesMs: 1 } : answer()))
const deaf = (made: Workbench, spoiled: RegExp): void =>
  made.board.modem.inFront((text, answer) => (spoiled.test(text) ? { text: 'OK\r\n', takesMs: 1 } : answer()))

function dead(made: Workbench): void {
  made.boards.set('test:board', () => {
    const cable = memoryCable()
    void cable.modem.readable.pipeTo(new WritableStream())
    return cable.host
  })
}

function pulled(made: Workbench): void {
  made.boards.set('test:board', () => {
    const plugged = made.board.plug()
    return cutPort(plugged.port, 1, 100, () => made.board.clock.sleep(50).then(plugged.unplug))
  })
}

async function cutRun(made: Workbench): Promise<void> {
  pulled(made)
  await made.run(['apply', ...port, ...flags])
  made.boards.set('test:board', () => made.board.plug().port)
}

const stopped = (): { signal: AbortSignal } => ({ signal: AbortSignal.abort() })
const apply = ['apply', ...port, ...flags]
const verify = ['verify', ...port, ...flags]
const plan = ['plan', ...port, ...flags]
const erase = ['erase', ...port, '--tag', String(tag), '--yes']
const resume = ['resume', ...port]

/** How each row of the published table is met. */
const scenes: Record<string, () => Promise<number>> = {
  'any · wrong usage': async () => (await (await bench()).run(['list', '--nonsense'])).exit,
  'any · our own fault': async () =>
    (await (await bench()).run(['list', ...port], { openPort: () => Promise.reject(new Error('a defect')) })).exit,
  'ports · ports found': async () => portsExit(1),
  'ports · no port found': async () => portsExit(0),
  'info · told': async () => (await (await bench()).run(['info', ...port])).exit,
  'list · listed': async () => (await (await bench()).run(['list', ...port])).exit,
  'list · the board refused to list': async () => {
    const made = await bench()
    refusing(made, /^AT%CMNG=1/)
    return (await made.run(['list', ...port])).exit
  },
  'plan · the board holds what is wanted': async () => {
    const made = await bench()
    await made.run(apply)
    return (await made.run(plan)).exit
  },
  'plan · changes are needed, or nobody can tell': async () => (await (await bench()).run(plan)).exit,
  'plan · wrong manifest or files': async () => wrongFiles('plan'),
  'apply · the board holds what is wanted, to the grade asked for': async () => (await (await bench()).run(apply)).exit,
  'apply · done, but this firmware cannot show the grade asked for': async () =>
    (await (await bench({ mfw: '1.0.0' })).run(apply)).exit,
  'apply · wrong manifest or files': async () => wrongFiles('apply'),
  'apply · the board refused': async () => {
    const made = await bench()
    refusing(made, /^AT%CMNG=0/)
    return (await made.run(apply)).exit
  },
  'apply · written, and the listing afterwards contradicts': async () => {
    const made = await bench()
    deaf(made, /^AT%CMNG=0/)
    return (await made.run(apply)).exit
  },
  'apply · needs a confirmation, a PIN would be lost, or an earlier run is open': async () => {
    const made = await bench()
    await cutRun(made)
    return (await made.run(apply)).exit
  },
  'apply · interrupted or unplugged in the middle': async () => {
    const made = await bench()
    pulled(made)
    return (await made.run(apply)).exit
  },
  'verify · the grade asked for is reached': async () => {
    const made = await bench()
    await made.run(apply)
    return (await made.run(verify)).exit
  },
  'verify · UNKNOWN: nothing is wrong, and the grade asked for is not reached': async () => {
    const made = await bench()
    await made.run(apply)
    return (await made.run([...verify, '--proof', 'session'])).exit
  },
  'verify · wrong manifest or files': async () => wrongFiles('verify'),
  'verify · FAIL: something is missing, differs, or is unwanted': async () => (await (await bench()).run(verify)).exit,
  'erase · erased, or nothing was there': async () => (await (await bench()).run(erase)).exit,
  'erase · the board refused': async () => {
    const made = await filled()
    refusing(made, /^AT%CMNG=3/)
    return (await made.run(erase)).exit
  },
  'erase · needs a confirmation, a PIN would be lost, or an earlier run is open': async () =>
    (await (await filled()).run(erase.slice(0, -1))).exit,
  'plan · the board refused to list': () => notListing(plan),
  'verify · the board refused to list': () => notListing(verify),
  'apply · interrupted before anything was begun, or --dry-run with something to do': async () =>
    (await (await bench()).run(apply, stopped())).exit * (await (await bench()).run([...apply, '--dry-run'])).exit,
  'apply · no home to write a journal to': () => homeless(apply),
  'erase · interrupted before anything was begun, or --dry-run with something to do': async () =>
    (await (await filled()).run(erase, stopped())).exit * (await (await filled()).run([...erase, '--dry-run'])).exit,
  'erase · no home to write a journal to': () => homeless(erase),
  'erase · the items are still listed afterwards': async () => {
    const made = await filled()
    deaf(made, /^AT%CMNG=3/)
    return (await made.run(erase)).exit
  },
  'erase · interrupted or unplugged in the middle': async () => {
    const made = await filled()
    const stop = new AbortController()
    made.board.modem.inFront((text, answer) => (text.startsWith('AT%CMNG=3') && stop.abort(), answer()))
    return (await made.run(erase, { signal: stop.signal })).exit
  },
  'resume · needs a confirmation, or a PIN would be lost': async () => {
    const made = await bench()
    await cutRun(made)
    made.board.modem.execute(`AT%CMNG=0,${tag},2,"somebody else's"`)
    return (await made.run(resume)).exit
  },
  'resume · interrupted before anything was begun, --dry-run with something to do, or --give-back-only with steps undone':
    async () => {
      const made = await bench()
      await cutRun(made)
      const [early, dry] = [(await made.run(resume, stopped())).exit, (await made.run([...resume, '--dry-run'])).exit]
      return early * dry * (await made.run([...resume, '--give-back-only'])).exit
    },
  'resume · no home to write a journal to': () => homeless(resume),
  'record · no file to record to': async () =>
    (await (await bench()).run(['record', ...port, '--out', 'nowhere/x.at'])).exit,
  'record · unplugged while recording': async () => {
    const made = await bench()
    const plugged = made.board.plug()
    made.boards.set('test:board', () => plugged.port)
    const input = {
      async *[Symbol.asyncIterator]() {
        yield 'AT\n'
        plugged.unplug()
        await new Promise(() => {})
      },
    }
    return (await made.run(['record', ...port, '--out', 'x.at'], { input })).exit
  },
  'demo · interrupted': async () => {
    const real = desk(systemClock)
    const { exit } = await real.run(['demo'], stopped())
    real.clear()
    return exit
  },
  'completion · printed': async () => (await (await bench()).run(['completion', 'fish'])).exit,
  'completion · no such shell': async () => (await (await bench()).run(['completion', 'csh'])).exit,
  'help · printed': async () => (await (await bench()).run(['help'])).exit,
  'help · no such topic': async () => (await (await bench()).run(['help', 'life'])).exit,
  'resume · nothing was open, or the run ended and the grade asked for is reached': async () => {
    const made = await bench()
    const nothing = (await made.run(resume)).exit
    await cutRun(made)
    return nothing + (await made.run(resume)).exit
  },
  'resume · ended, but this firmware cannot show the grade asked for': async () => {
    const made = await bench({ mfw: '1.0.0' })
    await cutRun(made)
    return (await made.run(resume)).exit
  },
  'resume · the board refused': async () => {
    const made = await bench()
    await cutRun(made)
    refusing(made, /^AT%CMNG=0/)
    return (await made.run(resume)).exit
  },
  'resume · ended, and the listing afterwards contradicts': async () => {
    const made = await bench()
    await cutRun(made)
    deaf(made, /^AT%CMNG=0/)
    return (await made.run(resume)).exit
  },
  'resume · its files are gone or have changed, or it was cut again': async () => {
    const made = await bench()
    await cutRun(made)
    made.file('board.key', (await freshPaper()).key)
    return (await made.run(resume)).exit
  },
  'doctor · a cause is named': async () => doctorExit('AT+CEREG?\n+CEREG: 2,3\nOK\n'),
  'doctor · the evidence does not decide': async () => doctorExit('nothing that helps\n'),
  'doctor · a file, or an item of --context, cannot be read': async () => {
    const made = await bench()
    const [gone, odd] = [
      (await made.run(['doctor', 'gone.log'])).exit,
      (await made.run(['doctor', '--context', 'x=1'])).exit,
    ]
    return gone === odd ? gone : -1
  },
  'modem · stopped': async () => (await (await bench()).run(['modem', '--tcp', '0'], stopped())).exit,
  'modem · no PTY or TCP port to be had': async () =>
    (await (await bench()).run(['modem', '--tcp', '203.0.113.1:5000'], stopped())).exit,
  'record · stopped': async () => (await (await bench()).run(['record', ...port, '--out', 'x.at'])).exit,
  'demo · the story ended as it should': async () => {
    const real = desk(systemClock)
    const { exit } = await real.run(['demo'])
    real.clear()
    return exit
  },
  'demo · it did not': async () =>
    (await (await bench()).run(['demo'], { openPort: async () => refused(nobody) })).exit,
}

async function notListing(argv: string[]): Promise<number> {
  const made = await bench()
  refusing(made, /^AT%CMNG=1/)
  return (await made.run(argv)).exit
}

async function homeless(argv: string[]): Promise<number> {
  const made = await bench()
  return (await made.run([...argv, '--home', made.file('a-file', 'not a folder')])).exit
}

async function wrongFiles(verb: string): Promise<number> {
  const made = await bench()
  return (await made.run([verb, ...port, '--tag', '42', '--ca', 'gone.crt'])).exit
}

async function filled(): Promise<Workbench> {
  const made = await bench()
  await made.run(apply)
  return made
}

async function doctorExit(text: string): Promise<number> {
  const made = await bench()
  return (await made.run(['doctor', made.file('device.log', text)])).exit
}

const nobody: PortProblem = { code: 'failed', address: 'x', text: 'x', why: 'x', next: 'x' }

async function portsExit(count: number): Promise<number> {
  const found = Array.from({ length: count }, (_, index) => ({ path: `/dev/ttyX${index}`, likely: 'no' as const }))
  return (await (await bench()).run(['ports'], { listPorts: async () => found })).exit
}

for (const verb of ['info', 'list', 'plan', 'apply', 'verify', 'erase', 'resume', 'record']) {
  scenes[`${verb} · no such port, port busy, or nobody answers`] = async () => {
    const made = await bench()
    const argv = { plan, apply, verify, erase, resume }[verb] ?? [verb, ...port]
    if (verb === 'record') return (await made.run(['record', '--port', '/dev/ttyACM999', '--out', 'x.at'])).exit
    dead(made)
    return (await made.run(argv)).exit
  }
}

test.each(exitTable)('$verb: $outcome → exit $exit', async ({ verb, outcome, exit }) => {
  const scene = scenes[`${verb} · ${outcome}`]
  expect(scene, 'every published row has a scene').toBeDefined()
  expect(await scene?.()).toBe(exit)
})

test('every scene is a published row, and every code has a meaning', async () => {
  expect(Object.keys(scenes).sort()).toEqual(exitTable.map(({ verb, outcome }) => `${verb} · ${outcome}`).sort())
  const made = await bench()
  const { events } = await made.run(['help', 'exit-codes', '--json'])
  const told = events.filter((event) => event['type'] === 'exit-code').map((event) => event['code'])
  expect(told).toEqual(Object.keys(exitCodes).map(Number))
})
