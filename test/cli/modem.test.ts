import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { emptyMemory, memoryModelOf, personality } from '../../src/virtual/index.ts'
import { virtualIdentity } from '../../src/virtual/identity.ts'
import { heldIn } from '../oracle/memory.ts'
import { systemClock } from '../../src/port/index.ts'
import { type Desk, desk } from '../support/cli.ts'
import { type Paper, paper } from '../support/paper.ts'
import { type Running, start } from '../support/process.ts'
import { flags, tag } from '../support/workbench.ts'

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

/** A desk with real time and the usual files. */
interface Bench extends Desk {
  readonly paper: Paper
}

async function bench(): Promise<Bench> {
  const made = desk(systemClock)
  close.push(made.clear)
  const files = await paper()
  made.file('root.crt', files.ca)
  made.file('board.crt', files.certificate)
  made.file('board.key', files.key)
  return { ...made, paper: files }
}

/** Starts `sectag modem` on a TCP port, and resolves with it and its address. */
async function offered(made: Bench, ...argv: string[]): Promise<{ modem: Running; at: string[] }> {
  const modem = start(['modem', '--tcp', '0', '--baud', '0', ...argv], { cwd: made.folder })
  close.push(async () => {
    modem.child.kill('SIGKILL')
    await modem.ended
  })
  const [, address = ''] = await modem.prints(/(tcp:\/\/127\.0\.0\.1:\d+)/)
  return { modem, at: ['--port', address] }
}

async function sectag(made: Bench, ...argv: string[]): Promise<{ exit: number; out: string }> {
  const { exit, out, err } = await made.run(argv)
  return { exit, out: out + err }
}

function inFile(made: Bench, name: string): string[] {
  const line = personality('2.0.2')
  if (line === undefined) throw new Error('no such firmware')
  const held = heldIn(readFileSync(join(made.folder, name)), memoryModelOf(line))
  return [0, 1, 2].map((type) => held.get(`${tag}/${type}`)?.toString('latin1') ?? '')
}

test('sectag modem --state keeps the credentials over SIGKILL, in a file for its owner only, and the same file is the same board', async () => {
  const made = await bench()
  const first = await offered(made, '--state', 'board.nvm')
  expect((await sectag(made, 'apply', ...first.at, ...flags)).exit).toBe(0)
  const imei = /IMEI (\d{15})/.exec(first.modem.out())?.[1]
  first.modem.child.kill('SIGKILL')
  await first.modem.ended
  expect(inFile(made, 'board.nvm')).toEqual([made.paper.ca, made.paper.certificate, made.paper.key])
  expect(statSync(join(made.folder, 'board.nvm')).mode & 0o777).toBe(0o600)
  const second = await offered(made, '--state', 'board.nvm')
  expect(/IMEI (\d{15})/.exec(second.modem.out())?.[1]).toBe(imei)
  const verified = await sectag(made, 'verify', ...second.at, ...flags)
  expect(verified.exit, verified.out).toBe(0)
})

test('a file of --state is the same board under another name, and a new file of the same name elsewhere is another one', async () => {
  const made = await bench()
  for (const folder of ['x', 'y']) mkdirSync(join(made.folder, folder))
  const imei = async (...argv: string[]): Promise<string | undefined> => {
    const { modem } = await offered(made, ...argv)
    return /IMEI (\d{15})/.exec(modem.out())?.[1]
  }
  const first = await imei('--state', 'x/board.nvm')
  expect(await imei('--state', 'y/board.nvm')).not.toBe(first)
  copyFileSync(join(made.folder, 'x/board.nvm'), join(made.folder, 'other.nvm'))
  expect(await imei('--state', 'other.nvm')).toBe(first)
  const seeded = await imei('--state', 'seeded.nvm', '--seed', '7')
  expect(await imei('--seed', '7')).toBe(seeded)
  expect(await imei('--state', 'seeded.nvm')).toBe(seeded)
})

test('a file of --state from before it told whose it is stays the board that its name made it', async () => {
  const made = await bench()
  writeFileSync(join(made.folder, 'old.nvm'), emptyMemory())
  const { modem, at } = await offered(made, '--state', 'old.nvm')
  const imei = /IMEI (\d{15})/.exec(modem.out())?.[1]
  expect(imei).toBe(virtualIdentity('old.nvm', 0).imei)
  expect((await sectag(made, 'apply', ...at, ...flags)).exit).toBe(0)
  renameSync(join(made.folder, 'old.nvm'), join(made.folder, 'new.nvm'))
  const renamed = await offered(made, '--state', 'new.nvm')
  expect(/IMEI (\d{15})/.exec(renamed.modem.out())?.[1]).toBe(imei)
})

test('sectag modem --count with --state has a file for each board', async () => {
  const made = await bench()
  await offered(made, '--state', 'fleet.nvm', '--count', '2')
  expect(['fleet.nvm.0', 'fleet.nvm.1'].map((name) => existsSync(join(made.folder, name)))).toEqual([true, true])
})

test('sectag modem --state leaves a file alone that is no memory, and says where one cannot be written', async () => {
  const made = await bench()
  made.file('notes.txt', 'not a memory')
  const foreign = await sectag(made, 'modem', '--state', 'notes.txt')
  expect(foreign.exit).toBe(2)
  expect(foreign.out).toContain('notes.txt is no memory of a virtual modem')
  expect(readFileSync(join(made.folder, 'notes.txt'), 'utf8')).toBe('not a memory')
  expect((await sectag(made, 'modem', '--state', 'no-such-folder/board.nvm')).exit).toBe(2)
})

test('sectag modem --fault flipped-byte spoils one write, verify tells it, and the next apply mends it', async () => {
  const made = await bench()
  // This seed strikes at a write of the first apply.
  const { at } = await offered(made, '--fault', 'flipped-byte:4', '--firmware', '1.3.5')
  // Keys are new in each run, and a flipped bit may make a quote of a letter: then the modem refuses it at once.
  expect([4, 5]).toContain((await sectag(made, 'apply', ...at, ...flags)).exit)
  expect((await sectag(made, 'verify', ...at, ...flags)).exit).toBe(5)
  expect((await sectag(made, 'apply', ...at, ...flags, '--yes')).exit).toBe(0)
})

test('sectag modem --hardware says which revision it is', async () => {
  const made = await bench()
  const { at } = await offered(made, '--firmware', '1.3.5', '--hardware', 'B0A')
  expect((await sectag(made, 'info', ...at)).out).toContain('nRF9160 SICA B0A')
})

test('sectag modem --fault with a kind that there is not names those that there are', async () => {
  const made = await bench()
  const ran = await sectag(made, 'modem', '--fault', 'gremlins')
  expect(ran.exit).toBe(2)
  expect(ran.out).toContain('flipped-byte')
})
