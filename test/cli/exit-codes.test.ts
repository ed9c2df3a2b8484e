import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { exitCodes, exitTable } from '../../src/cli/exit-codes.ts'
import { memoryCable } from '../../src/at/index.ts'
import { type PortProblem, systemClock } from '../../src/port/index.ts'
import { birthDesk, enrolLine, importLine, issueLine } from '../support/birth-desk.ts'
import { type BrokerDesk, brokerDesk, embedded, filesOf } from '../support/broker-desk.ts'
import { refused, seededRandom } from '../../src/terms/index.ts'
import { freshAuthority } from '../support/authority.ts'
import { type CaDesk, caDesk, caDeskWithout, knowing } from '../support/ca-desk.ts'
import { desk } from '../support/cli.ts'
import { ownBroker } from '../support/in-front.ts'
import { freePort, mosquittoProgram } from '../support/mosquitto.ts'
import { needs } from '../support/outside.ts'
import { revokePlace } from '../support/revoke-place.ts'
import { attempt } from '../support/mqtt-client.ts'
import { freshPaper } from '../support/paper.ts'
import type { ChipOrder } from '../probe/chip/chip.ts'
import { founding, type ProbeDesk, probeDesk } from '../support/probe-desk.ts'
import { cutPort } from '../support/cut.ts'
import { flags, port, tag, type Workbench, workbench } from '../support/workbench.ts'

const benches: { clear: () => unknown }[] = []
afterAll(async () => {
  for (const bench of benches) await bench.clear()
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

/** The folder of journals goes away while the board is looked at. */
async function unwritten(made: Workbench, argv: readonly string[]): Promise<number> {
  const journal = join(made.folder, 'home', 'journal')
  made.board.modem.inFront((text, answer) => {
    if (text.startsWith('AT%CMNG=1')) rmSync(journal, { recursive: true, force: true })
    return answer()
  })
  return (await made.run(argv)).exit
}

const stopped = (): { signal: AbortSignal } => ({ signal: AbortSignal.abort() })
const apply = ['apply', ...port, ...flags]
const verify = ['verify', ...port, ...flags]
const plan = ['plan', ...port, ...flags]
const erase = ['erase', ...port, '--tag', String(tag), '--yes']
const resume = ['resume', ...port]

const enrolJob = ['--tag', String(tag), '--ca', 'root.crt', '--enrol', 'device']
const caEnvironment = (made: Workbench): Record<string, string> => ({
  SECTAG_HOME: join(made.folder, 'home'),
  SECTAG_CA_PASSPHRASE: 'correct horse battery staple',
})

async function byProbe(
  order: ChipOrder,
  more: readonly string[] = [],
  before: (made: ProbeDesk) => void = () => {},
): Promise<number> {
  const made = await probeDesk(order, ['nrfutil'])
  benches.push(made)
  before(made)
  return (await made.run([...founding, ...more])).exit
}

/** How each row of the published table is met. */
const scenes: Record<string, () => Promise<number>> = {
  'any · wrong usage': async () => (await (await bench()).run(['list', '--nonsense'])).exit,
  'any · a file failed in the middle of the work': async () =>
    (await (await bench()).run(['record', ...port, '--out', '/dev/full'])).exit,
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
  'apply · needs a confirmation, a PIN would be lost, an earlier run is open, or no key can be born there':
    async () => {
      const made = await bench()
      await cutRun(made)
      return (await made.run(apply)).exit
    },
  'apply · interrupted or unplugged in the middle, or it could not be written down any more': async () => {
    const made = await bench()
    pulled(made)
    return (await made.run(apply)).exit
  },
  'apply · nothing was begun, because it could not be written down': async () => unwritten(await bench(), apply),
  'erase · nothing was begun, because it could not be written down': async () => unwritten(await filled(), erase),
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
  'apply · no home to write a journal to, or no passphrase for the authority that it needs': async () => {
    const made = await bench({ mfw: '1.3.5' })
    await made.run(['ca', 'init', '--name', 'x'], { env: caEnvironment(made) })
    const codes = [await homeless(apply), (await made.run(['apply', ...port, ...enrolJob])).exit]
    return new Set(codes).size === 1 ? (codes[0] ?? -1) : -1
  },
  'apply · by a probe: the modem has taken all of it, by the word of its writer': () => byProbe({}),
  'apply · by a probe: that, and a higher grade than presence was asked for': () => byProbe({}, ['--proof', 'digest']),
  'apply · by a probe: no probe tool, no such probe, no chip at it, or a writer that never answers': () =>
    byProbe({ dead: true }),
  'apply · by a probe: the modem refused, or the writer is not for this chip': () =>
    byProbe({ refuses: { at: 1, code: 515 } }),
  'apply · by a probe: what somebody has left in flash cannot be blanked, or the writer leaves no IMEI': () =>
    byProbe({ worn: 0x2_b100 }, [], (made) => {
      const mark = [0x1a, 0xad, 0x5c, 0xca]
      made.chip.flash.force(0x2_b000, Uint8Array.from([...mark, ...new Uint8Array(20).fill(0xff), 0]))
    }),
  'apply · by a probe: the chip is locked, another run is at it, or there is no application to put back': () =>
    byProbe({ locked: true }),
  'apply · by a probe: key bytes may lie in flash, or the application is not in place': () =>
    byProbe({ worn: 0x2_b100 }),
  'apply · by a probe: a file failed when the writer was on the chip already': async () => {
    const made = await probeDesk({}, ['nrfutil'])
    benches.push(made)
    const out = (text: string): void => {
      if (text.startsWith('write ')) mkdirSync(join(made.folder, 'home', 'sessions.jsonl'))
    }
    return (await made.run(founding, { out })).exit
  },
  'plan · no key can be born there: the tag is in use, or this firmware makes none': async () => {
    const old = await bench({ mfw: '1.0.0' })
    const used = await filled()
    const codes = [await old.run(['plan', ...port, ...enrolJob]), await used.run(['plan', ...port, ...enrolJob])]
    return new Set(codes.map(({ exit }) => exit)).size === 1 ? (codes[0]?.exit ?? -1) : -1
  },
  'erase · interrupted before anything was begun, or --dry-run with something to do': async () =>
    (await (await filled()).run(erase, stopped())).exit * (await (await filled()).run([...erase, '--dry-run'])).exit,
  'erase · no home to write a journal to': () => homeless(erase),
  'erase · the items are still listed afterwards': async () => {
    const made = await filled()
    deaf(made, /^AT%CMNG=3/)
    return (await made.run(erase)).exit
  },
  'erase · interrupted or unplugged in the middle, or it could not be written down any more': async () => {
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
  'resume · no home to write a journal to, or no passphrase for the authority that it needs': () => homeless(resume),
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
  'broker · a modem would enter, as far as can be seen': async () => checkedExit(['--no-name']),
  'broker · no source says whether a modem would enter, or interrupted': async () =>
    checkedExit(['--no-name'], stopped()),
  'broker · wrong place, files or firmware': async () => checkedExit(['--mfw', '9.9.9']),
  'broker · a modem would not enter': async () => checkedExit(['--name', 'elsewhere.example']),
  'broker · the broker cannot be reached, or does not answer': () =>
    onBrokerDesk(
      async (made) => (await made.run(['broker', 'check', `127.0.0.1:${await freePort()}`, '--ca', 'root.crt'])).exit,
    ),
  'prove-birth · born: every link holds, from a known identity key on': () => births(enrolLine),
  'prove-birth · UNKNOWN: no proof was kept, or no identity key is known': async () => {
    const made = forCa(await birthDesk())
    await made.run(enrolLine)
    made.file('keygen.log', made.enrolled().proof ?? '')
    return (await made.run(['prove-birth', 'keygen.log', '--home', 'another'])).exit
  },
  'prove-birth · no proof in the files, no such board, or wrong options': async () => {
    const made = forCa(caDeskWithout())
    const lines = [[made.file('x.log', 'nothing')], ['--imei', '1'], []]
    const codes = await Promise.all(lines.map((line) => made.run(['prove-birth', ...line])))
    return new Set(codes.map(({ exit }) => exit)).size === 1 ? (codes[0]?.exit ?? -1) : -1
  },
  'prove-birth · FAIL: a link does not hold, or the key came from a file': () => births(issueLine, importLine),
  'rehearse · a session was reached: grade rehearsed, never PASS': () =>
    atBroker(async (made, at) => (await made.run(['rehearse', `127.0.0.1:${at}`, ...filesOf()])).exit),
  'rehearse · the broker could not be reached, so nothing is known': async () =>
    onBrokerDesk(async (made) => (await made.run(['rehearse', `127.0.0.1:${await freePort()}`, ...filesOf()])).exit),
  'rehearse · wrong manifest or files, or a key that this computer does not have': () =>
    onBrokerDesk(async (made) => (await made.run(['rehearse', '127.0.0.1', '--tag', '42', '--ca', 'gone.crt'])).exit),
  'rehearse · an obstacle: the files, or the broker, would not do': () =>
    atBroker(async (made, at) => (await made.run(['rehearse', `127.0.0.1:${at}`, ...filesOf('foreign')])).exit),
  'watch · PASS: the broker accepted a session of the board': () => watched('board', 'board.crt'),
  'watch · UNKNOWN: no session of it was seen': () => watched(undefined, 'board.crt'),
  'watch · nothing says whose session, or where; wrong files; no home': () =>
    onBrokerDesk(async (made) => (await made.run(['watch', ...ownBroker])).exit),
  'watch · nobody can listen there': () =>
    atBroker(
      async (made, at) => (await made.run(['watch', '--cert', 'board.crt', '--listen', String(at), ...ownBroker])).exit,
    ),
  'watch · FAIL: the board came and was refused': () => watched('expired', 'expired.crt'),
  'ca · made, issued, renewed, revoked, or shown': async () => {
    const made = forCa(caDeskWithout())
    const all = [['ca', 'init', '--name', 'x'], issueCa, renewCa, revokeCa, ['ca', 'crl'], ['ca', 'show']]
    const codes = all.map((argv) => () => made.run(argv))
    let sum = 0
    for (const run of codes) sum += (await run()).exit
    return sum
  },
  'ca · recorded and not written, or not recorded: the disk is full or a file was made in the meantime': async () => {
    const made = forCa(await caDesk())
    const random = seededRandom('x')
    const bytes = (count: number): ReturnType<typeof random.bytes> => {
      made.file('b.crt', 'made in the meantime')
      return random.bytes(count)
    }
    return (await made.run(issueCa, { random: { ...random, bytes } })).exit
  },
  'ca · shown: the CRL runs out within 7 days, or revocations are in no CRL yet': async () => {
    const made = forCa(await caDesk())
    await made.run(['ca', 'crl'])
    const near = (await made.run(['ca', 'show'], in30Days(-1))).exit
    for (const argv of [issueCa, revokeCa]) await made.run(argv)
    const waiting = (await made.run(['ca', 'show'])).exit
    return near === waiting ? near : -1
  },
  'ca · shown: the CRL has run out': async () => {
    const made = forCa(await caDesk())
    await made.run(['ca', 'crl'])
    return (await made.run(['ca', 'show'], in30Days(1))).exit
  },
  'ca · refused: to renew what was revoked, to revoke one of several, to replace another file by a CRL, or a CRL that would lock boards out':
    async () => {
      const made = forCa(await caDesk())
      for (const argv of [issueCa, renewCa]) await made.run(argv)
      const several = (await made.run(['ca', 'revoke', '--subject', 'b'])).exit
      await made.run(revokeCa)
      const again = (await made.run([...renewCa.slice(0, -1), 'd.crt'])).exit
      const file = (await made.run(['ca', 'crl', '--out', made.file('notes.txt', 'notes')])).exit
      await made.run(['ca', 'crl'])
      const slow = (await made.run(['ca', 'crl'], in30Days(-31))).exit
      return new Set([several, again, file, slow]).size === 1 ? slow : -1
    },
  'ca · wrong name, request, certificate, serial, days, or files': async () =>
    (await forCa(await caDesk()).run([...issueCa, '--days', '0'])).exit,
  'ca · no passphrase, one that is too short, or a wrong one': async () => {
    const made = forCa(await caDesk())
    const init = ['ca', 'init', '--name', 'x', '--home', 'other']
    const none = (await made.run(issueCa, { env: { SECTAG_HOME: made.path('home') } })).exit
    const short = (await made.run(init, { env: knowing(made.folder, 'short') })).exit
    const wrong = (await made.run(issueCa, { env: knowing(made.folder, 'a wrong passphrase') })).exit
    return none === short && short === wrong ? wrong : -1
  },
  'ca · no home to write to': async () => {
    const made = forCa(caDeskWithout())
    return (await made.run(['ca', 'init', '--name', 'x', '--home', made.file('a-file', 'not a folder')])).exit
  },
  'ca · the files of the authority are damaged, it has run out, or the clock is slow': async () => {
    const [lacking, spoiled, old] = [forCa(await caDesk()), forCa(await caDesk()), forCa(await caDesk())]
    rmSync(join(lacking.ca, 'issuing.key'))
    writeFileSync(join(spoiled.ca, 'issuing.crt'), 'spoiled')
    const clock = { ...systemClock, now: () => Date.now() + 11 * 365 * 86_400_000 }
    const codes = [await lacking.run(issueCa), await spoiled.run(['ca', 'show']), await old.run(issueCa, { clock })]
    return new Set(codes.map(({ exit }) => exit)).size === 1 ? (codes[0]?.exit ?? -1) : -1
  },
  'ca · a CA, a certificate or a CRL that is to be imported does not hold, or a backup was changed': async () => {
    const made = forCa(await caDesk())
    made.file('foreign.crt', (await freshAuthority()).files.issuingCertificate)
    return (await made.run(['ca', 'import', '--issued', 'foreign.crt'])).exit
  },
  'ca · a production line may not: its quota is spent, its date is over, or a server was ordered': async () => {
    const made = forCa(await caDesk())
    const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    await made.run(['ca', 'line', '--name', 'x', '--quota', '1', '--until', until, '--out', 'line'])
    const server = ['ca', 'issue', '--profile', 'server', '--name', 'b', '--new-key', 's.key', '--out', 's.crt']
    return (await made.run([...server, '--home', 'line'])).exit
  },
  'ca · there is no authority yet, or there is one already': async () => {
    const [without, having] = [forCa(caDeskWithout()), forCa(await caDesk())]
    const [none, one] = [await without.run(issueCa), await having.run(['ca', 'init', '--name', 'x'])]
    return none.exit === one.exit ? one.exit : -1
  },
  'revoke · it is out and stays out, and a healthy certificate enters': async () => {
    const made = forCa(await revokePlace())
    const { file } = await made.issue('b')
    return (await made.made.run(['revoke', file, '--yes', ...made.flags])).exit
  },
  'revoke · --dry-run, interrupted before anything was written down, or it could not be written down': async () => {
    const made = await revocable()
    const dry = (await made.run([...revoke, '--dry-run'])).exit
    const early = (await made.run([...revoke, '--yes'], stopped())).exit
    mkdirSync(join(made.ca, 'revoked.jsonl'))
    const unwritten = (await made.run([...revoke, '--yes'])).exit
    return dry === early && early === unwritten ? dry : -1
  },
  'revoke · no such certificate, broker or file, or no passphrase': async () => {
    const made = await revocable()
    const codes = [
      await made.run(['revoke', 'abcdef', ...revoke.slice(2)]),
      await made.run([...revoke, '--broker', 'emqx:localhost']),
      await made.run([...revoke, '--broker-ca', 'gone.crt']),
      await made.run(revoke, { env: { SECTAG_HOME: made.path('home') } }),
    ]
    return new Set(codes.map(({ exit }) => exit)).size === 1 ? (codes[0]?.exit ?? -1) : -1
  },
  'revoke · the files of the authority are damaged': async () => {
    const made = await revocable()
    rmSync(join(made.ca, 'issuing.key'))
    return (await made.run(revoke)).exit
  },
  'revoke · it was not confirmed, or there is no authority': async () => {
    const [made, without] = [await revocable(), forCa(caDeskWithout())]
    const [asked, none] = [await made.run(revoke), await without.run(revoke)]
    return asked.exit === none.exit ? asked.exit : -1
  },
  'revoke · revoked, and not shown to be out: the broker was not reached, did not obey, or nobody can tell': async () =>
    (await (await revocable()).run([...revoke, '--yes'])).exit,
  'cert · shown; nothing that a modem or a broker would refuse; or its renewal is due': async () => {
    const made = await bench()
    const all = [inspectCert, ['cert', 'lint', 'root.crt'], [...renewCert, '0.1%']]
    let sum = 0
    for (const argv of all) sum += (await made.run(argv)).exit
    return sum
  },
  'cert · its renewal is not due yet': async () => (await (await bench()).run([...renewCert, '100%'])).exit,
  'cert · the file cannot be read, or holds no certificate': async () => {
    const made = await bench()
    made.file('no.crt', 'no certificate')
    const codes = ['gone.crt', 'no.crt'].map((name) => made.run(['cert', 'inspect', name]))
    return new Set((await Promise.all(codes)).map(({ exit }) => exit)).size === 1 ? 2 : -1
  },
  'cert · a modem or a broker would refuse it; with --strict, or may some day': async () => {
    const made = await bench()
    made.file('no.crt', 'no certificate')
    return (await made.run(['cert', 'lint', 'no.crt'])).exit
  },
  'doctor · a cause is named': async () => doctorExit('AT+CEREG?\n+CEREG: 2,3\nOK\n'),
  'doctor · a session stands, and nothing is wrong': async () => doctorExit('<inf> app: MQTT client connected!\n'),
  'doctor · a number of blinks without a meaning, or --ask where nobody sits': async () => {
    const made = await bench()
    const [light, asked] = [
      (await made.run(['doctor', '--led', '99'])).exit,
      (await made.run(['doctor', '--ask'])).exit,
    ]
    return light === asked ? light : -1
  },
  'bundle · written': async () => (await (await bench()).run(['bundle', ...port, '--out', 'case.tar.gz'])).exit,
  'bundle · a file cannot be read, or the archive is there already': async () => {
    const made = await bench()
    const gone = (await made.run(['bundle', 'gone.log', '--out', 'case.tar.gz'])).exit
    made.file('there.tar.gz', 'x')
    const there = (await made.run(['bundle', ...port, '--out', 'there.tar.gz'])).exit
    return gone === there ? gone : -1
  },
  'bundle · nothing to collect': async () => (await (await bench()).run(['bundle', '--out', 'case.tar.gz'])).exit,
  'compat · told': async () => (await (await bench()).run(['compat', '--sdk', '1.9.1'])).exit,
  'compat · what was asked about is forbidden, or for tests only': async () =>
    (await (await bench()).run(['compat', '--hardware', 'B0A', '--mfw', '1.3.2'])).exit,
  'compat · no firmware is known that goes with that SDK': async () =>
    (await (await bench()).run(['compat', '--sdk', '9.9.9'])).exit,
  'compat · a version or a revision that cannot be understood': async () =>
    (await (await bench()).run(['compat', '--sdk', 'newest'])).exit,
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

async function onBrokerDesk(work: (made: BrokerDesk) => Promise<number>): Promise<number> {
  const made = await brokerDesk()
  try {
    return await work(made)
  } finally {
    made.clear()
  }
}

function atBroker(work: (made: BrokerDesk, at: number) => Promise<number>): Promise<number> {
  return onBrokerDesk(async (made) => {
    const broker = await embedded(made.paper)
    try {
      return await work(made, broker.port)
    } finally {
      await broker.close()
    }
  })
}

async function checkedExit(more: readonly string[], around = {}): Promise<number> {
  const argv = (at: number): string[] => ['broker', 'check', `127.0.0.1:${at}`, '--ca', 'root.crt', ...more]
  return atBroker(async (made, at) => (await made.run(argv(at), around)).exit)
}

/** A watch at which one board comes, or none, and which is stopped then. */
function watched(who: 'board' | 'expired' | undefined, file: string): Promise<number> {
  return onBrokerDesk(async (made) => {
    const stop = new AbortController()
    const at = await freePort()
    const out = (text: string): void => {
      if (text.startsWith('Listening')) void come()
      if (text.includes('refused by')) stop.abort()
    }
    const come = async (): Promise<void> => {
      if (who !== undefined) {
        const { chain, key } = made.paper[who]
        const { socket } = await attempt(at, 'board-7', { cert: chain, key })
        socket.destroy()
      } else stop.abort()
    }
    const argv = ['watch', '--listen', String(at), '--cert', file, ...ownBroker]
    return (await made.run(argv, { signal: stop.signal, out })).exit
  })
}

const inspectCert = ['cert', 'inspect', 'board.crt']
const renewCert = ['cert', 'needs-renewal', 'board.crt', '--expires-in']
const renewCa = ['ca', 'renew', '--cert', 'b.crt', '--out', 'c.crt']
const revokeCa = ['ca', 'revoke', '--cert', 'b.crt']

/** A clock that is 30 days and some more ahead: as long as a CRL is good. */
function in30Days(more: number): { clock: typeof systemClock } {
  return { clock: { ...systemClock, now: () => Date.now() + (30 + more) * 86_400_000 } }
}

/** Checks what was kept of a board after these commands. */
async function births(...lines: string[][]): Promise<number> {
  const made = forCa(await birthDesk())
  for (const line of lines) await made.run(line)
  return (await made.run(['prove-birth', '--imei', made.imei])).exit
}

const issueCa = ['ca', 'issue', '--profile', 'device', '--subject', 'b', '--new-key', 'b.key', '--out', 'b.crt']

const revoke = ['revoke', 'b.crt', '--broker', 'mosquitto:127.0.0.1:1', '--crl-file', 'boards.crl']

async function revocable(): Promise<CaDesk> {
  const made = forCa(await caDesk())
  await made.run(issueCa)
  return made
}

function forCa<D extends { clear: () => unknown }>(made: D): D {
  benches.push(made)
  return made
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

for (const verb of ['info', 'list', 'plan', 'apply', 'verify', 'erase', 'resume', 'record', 'bundle']) {
  scenes[`${verb} · no such port, port busy, or nobody answers`] = async () => {
    const made = await bench()
    const bundle = ['bundle', ...port, '--out', 'x.tar.gz']
    const argv = { plan, apply, verify, erase, resume, bundle }[verb] ?? [verb, ...port]
    if (verb === 'record') return (await made.run(['record', '--port', '/dev/ttyACM999', '--out', 'x.at'])).exit
    dead(made)
    return (await made.run(argv)).exit
  }
}

for (const { verb, outcome, exit } of exitTable) {
  const ofMosquitto = verb === 'revoke' && exit === 0
  const on = ofMosquitto ? needs('mosquitto', mosquittoProgram !== undefined) : test
  on(`${verb}: ${outcome} → exit ${exit}`, async () => {
    const scene = scenes[`${verb} · ${outcome}`]
    expect(scene, 'every published row has a scene').toBeDefined()
    expect(await scene?.()).toBe(exit)
  })
}

test('every scene is a published row, and every code has a meaning', async () => {
  expect(Object.keys(scenes).sort()).toEqual(exitTable.map(({ verb, outcome }) => `${verb} · ${outcome}`).sort())
  const made = await bench()
  const { events } = await made.run(['help', 'exit-codes', '--json'])
  const told = events.filter((event) => event['type'] === 'exit-code').map((event) => event['code'])
  expect(told).toEqual(Object.keys(exitCodes).map(Number))
})
