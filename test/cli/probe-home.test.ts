import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/terms/index.ts'
import { testApplication } from '../probe/chip/programs.ts'
import { openssl } from '../support/tls-servers.ts'
import { needs } from '../support/outside.ts'
import { founding, probe, type ProbeDesk, put, tag } from '../support/probe-desk.ts'
import { benchFor, expectFailure, nextLine } from '../support/probe-tests.ts'

function at(serial: string): string[] {
  return founding.map((word) => (word === probe ? serial : word))
}

describe('resume, which ends runs over a cable', () => {
  /** A board whose probe went away when the key was in flash. */
  async function cut(desk: ProbeDesk, more: readonly string[] = []): Promise<void> {
    const out = (text: string): void => {
      if (/^write/m.test(text)) desk.bench.unplug(probe)
    }
    expect((await desk.run([...founding, ...more], { out })).exit).toBe(7)
    desk.bench.plug(probe, desk.chip)
  }

  test('tells of a run by way of a probe that is open, and of the command that takes it up', async () => {
    const desk = await benchFor({}, ['nrfutil'])
    await cut(desk, ['--program-app', 'app.hex'])
    const ran = await desk.run(['resume'])
    expectFailure(
      ran,
      2,
      /a run by way of a probe is open/,
      /^state +at probe 960000001: key bytes may lie in its flash/m,
    )
    expect(nextLine(ran)).toBe(
      `sectag apply --probe ${probe} --writer WRITER.hex --tag ${tag} --ca ROOT.crt --cert BOARD.crt --key BOARD.key --program-app APP.hex`,
    )
    const filled = nextLine(ran).replaceAll(/(?:WRITER|ROOT|BOARD|APP)\./g, (name) => name.toLowerCase())
    const again = await desk.run(filled.split(' ').slice(1), { random: seededRandom('again') })
    expect(again.exit, again.err).toBe(0)
    expect((await desk.run(['resume'])).err).toMatch(/no port was named\n/)
  })

  test('warns of it too where the board on the cable has none, and reads no home that is not there', async () => {
    const desk = await benchFor({}, ['nrfutil'])
    expectFailure(await desk.run(['resume', '--home', 'nowhere']), 2, /no port was named\n/, /^next +sectag ports$/m)
    await cut(desk)
    const ran = await desk.run(['resume', '--port', 'virtual:?mfw=1.3.1'])
    expect(ran.exit, ran.err).toBe(0)
    expect(ran.err).toMatch(/Run \S+ at probe 960000001 .*is open: key bytes may lie in its flash/)
  })
})

test.each(['list', 'info', 'erase', 'plan', 'resume'])(
  '%s --probe says what a probe cannot do, and what can',
  async (verb) => {
    const desk = await benchFor({}, ['nrfutil'])
    const ran = await desk.run([verb, '--probe=hunter2'])
    expectFailure(ran, 2, /unknown option '--probe'/, /^why +a debug probe reaches the chip's flash/m)
    expect(ran.err).not.toContain('hunter2')
    expect(nextLine(ran)).toMatch(/^sectag (?:\w+ --port 'tcp:.*rtt=0'|apply --help|resume) {3}#/)
  },
)

describe('one private key in two boards, one command after the other', () => {
  async function two(): Promise<ProbeDesk> {
    const desk = await benchFor({}, ['nrfutil'])
    const chip = desk.bench.chip({ seed: 'second' })
    put(chip, testApplication('old'))
    desk.bench.plug('960000002', chip)
    return desk
  }

  test('is warned of as soon as it is known whose board it is, and once more for the first one is not', async () => {
    const desk = await two()
    const first = await desk.run([...founding, '--json'])
    const again = await desk.run([...founding, '--quiet'], { random: seededRandom('again') })
    expect(again.err).toBe('')
    const second = await desk.run([...at('960000002'), '--json'])
    expect(second.exit).toBe(0)
    const [imei, other] = [first.result['imei'], second.result['imei']]
    expect(other).not.toBe(imei)
    const notices = second.events.filter(({ code }) => code === 'shared-key')
    expect(notices).toMatchObject([{ imei: other, others: [imei] }])
    expect(notices[0]?.['text']).toMatch(/cannot be revoked for one/)
    expect(first.events.filter(({ code }) => code === 'shared-key')).toEqual([])
  })

  test('is not warned of where no key is given', async () => {
    const desk = await two()
    const root = (line: readonly string[]): string[] => line.slice(0, 9)
    await desk.run(root(founding))
    expect((await desk.run([...root(at('960000002')), '--quiet'])).err).toBe('')
  })
})

test('a modem that is still active is not the doing of an application, where a writer asks it', async () => {
  const desk = await benchFor({ refuses: { at: 1, code: 518 } }, ['nrfutil'])
  const ran = await desk.run(founding)
  expectFailure(ran, 4, /\+CME ERROR: 518/, /the writer told it to \(CFUN=0\).*take the power off the board/)
  expect(ran.err).not.toMatch(/stop the application|the radio is on/)
})

const withOpenssl = needs('openssl', openssl !== undefined)
withOpenssl('an encrypted key is told how to open it, and not to leave it lying about open', async () => {
  const desk = await benchFor({}, ['nrfutil'])
  const file = (name: string): string => join(desk.folder, name)
  const argv = ['pkcs8', '-topk8', '-in', file('board.key'), '-out', file('enc.key'), '-passout', 'pass:secret']
  execFileSync(openssl ?? '', argv)
  const ran = await desk.run(founding.map((word) => (word === 'board.key' ? 'enc.key' : word)))
  expectFailure(ran, 2, /the key is encrypted/)
  expect(nextLine(ran)).toMatch(
    /^openssl pkcs8 -topk8 -nocrypt -in (\S+enc\.key) -out \1\.plain {3}# .*: shred -u \1\.plain$/,
  )
})
