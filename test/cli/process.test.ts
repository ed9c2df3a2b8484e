import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { offerTcp, systemClock } from '../../src/port/index.ts'
import { parseTranscript } from '../../src/at/index.ts'
import { AtHost, personality, VirtualModem } from '../../src/virtual/index.ts'
import { type Running, start } from '../support/process.ts'
import { secretWindows, seen } from '../support/secrets.ts'
import { flags, workbench } from '../support/workbench.ts'

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

function run(...parameters: Parameters<typeof start>): Running {
  const running = start(...parameters)
  close.push(async () => {
    running.child.kill('SIGKILL')
    await running.ended
  })
  return running
}

async function finished(
  ...parameters: Parameters<typeof start>
): Promise<{ exit: number | null; out: string; err: string }> {
  const running = run(...parameters)
  const exit = await running.ended
  return { exit, out: running.out(), err: running.err() }
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'sectag modem prints a PTY per board, any process can talk to it, and %s ends it cleanly',
  async (signal) => {
    const modem = run(['modem', '--count', '2', '--baud', '0', '--seed', '7'])
    await modem.prints(/Ctrl-C ends it/)
    const paths = [...modem.out().matchAll(/^(\/dev\/\S+) {2}IMEI (\d{15})/gm)].map(
      (match) => [match[1] ?? '', match[2] ?? ''] as const,
    )
    expect(paths.length).toBe(2)
    for (const [path, imei] of paths) {
      for (const backend of ['serialport', 'tty']) {
        const info = await finished(['info', '--port', path, '--backend', backend, '--json'])
        expect(info.exit, info.out + info.err).toBe(0)
        expect(info.out).toContain(`"imei":"${imei}"`)
      }
    }
    modem.child.kill(signal)
    expect(await modem.ended).toBe(0)
    for (const [path] of paths) expect(existsSync(path)).toBe(false)
  },
)

test('sectag modem --tcp 0 offers TCP ports, and a second list sees what the first apply wrote', async () => {
  const made = await workbench()
  close.push(made.clear)
  const modem = run(['modem', '--tcp', '0', '--baud', '0', '--active'])
  const [, address = ''] = await modem.prints(/(tcp:\/\/127\.0\.0\.1:\d+)/)
  const options = { cwd: made.folder, env: { SECTAG_HOME: join(made.folder, 'home') } }
  const applied = await finished(['apply', '--port', address, ...flags], options)
  expect(applied.exit, applied.out + applied.err).toBe(0)
  const listed = await finished(['list', '--port', address, '--json'], options)
  expect(listed.out.match(/"type":"held"/g)?.length).toBe(6)
})

test.each([
  ['SIGINT', /^why +somebody pressed Ctrl-C/m],
  ['SIGTERM', /^why +something told it to end \(SIGTERM\)/m],
  ['SIGHUP', /^why +its terminal or connection went away/m],
] as const)(
  'a real %s in mid-write finishes the exchange, gives the pen back, exits 7 and is told as what it was',
  async (signal, why) => {
    const made = await workbench()
    close.push(made.clear)
    const line = personality('2.0.2')
    if (line === undefined) throw new Error('no such firmware')
    const modem = new VirtualModem({ personality: line, clock: systemClock })
    modem.execute('AT+CFUN=1')
    const host = new AtHost(modem, { clock: systemClock })
    const server = await offerTcp('127.0.0.1', 0, (port) => host.serve(port))
    close.push(() => server.close())
    let applying: Running | undefined
    modem.inFront((text, answer) => {
      const reply = answer()
      if (!/^AT%CMNG=0,\d+,1,/.test(text)) return reply
      applying?.child.kill(signal)
      return { ...reply, takesMs: 500 }
    })
    const options = { cwd: made.folder, env: { SECTAG_HOME: join(made.folder, 'home') } }
    applying = run(['apply', '--port', `tcp://127.0.0.1:${server.port}`, ...flags], options)
    expect(await applying.ended).toBe(7)
    expect(applying.err()).toContain('2 of 3 steps are done; the modem is as it was found')
    expect(applying.err()).toMatch(why)
    expect(modem.state.functionalMode).toBe(1)
    const resumed = await finished(['resume', '--port', `tcp://127.0.0.1:${server.port}`], options)
    expect(resumed.exit, resumed.err).toBe(0)
  },
)

test('sectag record writes what is typed and answered, a PEM over many lines as one, and strikes secrets', async () => {
  const made = await workbench()
  close.push(made.clear)
  const modem = run(['modem', '--tcp', '0', '--baud', '0'])
  const [, address = ''] = await modem.prints(/(tcp:\/\/127\.0\.0\.1:\d+)/)
  const input = `AT+CGMR\nAT%CMNG=0,42,2,"${made.paper.key}"\nhello\nAT%CMNG=1,42,2\nAT+CFUN=?\n`
  const recorded = await finished(['record', '--port', address, '--out', 'board.at'], { cwd: made.folder, input })
  expect(recorded.exit, recorded.err).toBe(0)
  const entries = parseTranscript(readFileSync(join(made.folder, 'board.at'), 'utf8'))
  const said = entries.filter((entry) => entry.direction === '>').map((entry) => entry.text)
  expect(said).toEqual(['AT+CGMR', 'AT%CMNG=0,42,2,"<struck>"', 'AT%CMNG=1,42,2', 'AT+CFUN=?'])
  expect(entries.map((entry) => entry.text)).toContain('mfw_nrf91x1_2.0.2')
  expect(recorded.err).toContain('not sent')
})

const dialects = ['at-host', 'shell', 'serial-modem']
test.each(dialects)(
  'sectag record --through offers a board with %s to another tool and hears both sides',
  async (dialect) => {
    const made = await workbench()
    close.push(made.clear)
    const modem = run(['modem', '--tcp', '0', '--baud', '0', '--dialect', dialect])
    const [, address = ''] = await modem.prints(/(tcp:\/\/127\.0\.0\.1:\d+)/)
    const recorder = run(['record', '--port', address, '--out', 'tool.at', '--through'], { cwd: made.folder })
    const [, path = ''] = await recorder.prints(/^(\/dev\/\S+) {2}is the board/m)
    const options = { cwd: made.folder, env: { SECTAG_HOME: join(made.folder, 'home') } }
    const applied = await finished(['apply', '--port', path, ...flags], options)
    expect(applied.exit, applied.err).toBe(0)
    recorder.child.kill('SIGINT')
    expect(await recorder.ended).toBe(0)
    const tape = readFileSync(join(made.folder, 'tool.at'), 'utf8')
    expect(tape).toMatch(/^> (?:at ')?AT%CMNG=0,16842753,2,"<struck>"/m)
    expect(tape).not.toContain(made.paper.key.split('\n')[1]?.slice(0, 20))
    expect(tape).toMatch(/^< %CMNG: 16842753,0,"[0-9A-F]{64}"$/m)
  },
)

test('a reader that stops reading, such as head, does not end a run in the middle', async () => {
  const made = await workbench()
  close.push(made.clear)
  const modem = run(['modem', '--tcp', '0', '--active'])
  const [, address = ''] = await modem.prints(/(tcp:\/\/127\.0\.0\.1:\d+)/)
  const options = { cwd: made.folder, env: { SECTAG_HOME: join(made.folder, 'home') } }
  const applying = run(['apply', '--port', address, ...flags], options)
  applying.child.stdout?.once('data', () => applying.child.stdout?.destroy())
  applying.child.stderr?.once('data', () => applying.child.stderr?.destroy())
  expect(await applying.ended).toBe(0)
  const verified = await finished(['verify', '--port', address, ...flags, '--json'], options)
  expect(verified.exit, verified.out).toBe(0)
  const info = await finished(['info', '--port', address, '--json'], options)
  expect(info.out).toContain('"functionalMode":1')
})

test('sectag modem ends when nobody reads it any more', async () => {
  const modem = run(['modem', '--tcp', '0', '--json'])
  await modem.prints(/"type":"board"/)
  modem.child.stdout?.destroy()
  modem.child.stderr?.destroy()
  modem.child.kill('SIGINT')
  expect(await modem.ended).toBe(0)
})

test('record never repeats a line that it does not send: it may be a key', async () => {
  const made = await workbench()
  close.push(made.clear)
  const modem = run(['modem', '--tcp', '0', '--baud', '0'])
  const [, address = ''] = await modem.prints(/(tcp:\/\/127\.0\.0\.1:\d+)/)
  const windows = secretWindows(made.paper.key)
  const inputs = [
    ` AT%CMNG=0,42,2,"${made.paper.key}"\nAT+CGMR\n`,
    `${made.paper.key}\nAT+CGMR\n`,
    `AT%CMNG=0,42,2,"${made.paper.key}\nAT+CGMR\n`,
  ]
  for (const input of inputs) {
    const ran = await finished(['record', '--port', address, '--out', 'key.at'], { cwd: made.folder, input })
    expect(ran.exit, ran.err).toBe(0)
    for (const text of [ran.out, ran.err, readFileSync(join(made.folder, 'key.at'), 'utf8')])
      expect(seen(text, windows)).toEqual([])
  }
})
