import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { dial, gcmProfile, type TlsMaterial } from '../src/tls/index.ts'
import { systemClock } from '../src/port/index.ts'
import { utf8 } from '../src/terms/index.ts'
import { makePaper, type Paper } from './paper.ts'
import type { Figure } from './run.ts'

const warmUp = 50
const rounds = 500
const abreast = 20
const crowdOf = 100
const crowds = 11
const mosquitto = process.env['SECTAG_MOSQUITTO'] ?? '/usr/sbin/mosquitto'
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

interface Place {
  readonly port: number
  readonly material: TlsMaterial
}

/** One full mutual handshake, as a board of virtual modem and application makes it; milliseconds. */
async function handshake({ port, material }: Place): Promise<number> {
  const begun = performance.now()
  const order = { host: '127.0.0.1', port, profile: gcmProfile, material, knowsTime: true, clock: systemClock }
  const connected = await dial({ ...order, patience: 10_000 })
  if (!connected.ok) throw new Error(JSON.stringify(connected.refusal))
  const took = performance.now() - begun
  connected.value.stream.destroy()
  return took
}

/** A line of a program's output that matches; the rest is read and thrown away, so that it never waits for us. */
function says(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      if (stream !== null)
        createInterface({ input: stream }).on('line', (line) => {
          const match = pattern.exec(line)
          if (match !== null) resolve(match)
        })
    child.once('close', () => reject(new Error(`it ended and never said ${pattern}`)))
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Mosquitto with mutual TLS, in a folder with the files of both. */
async function startMosquitto(folder: string, paper: Paper, port: number): Promise<ChildProcess> {
  const files = { 'ca.pem': paper.ca, 'server.pem': paper.certificate, 'server.key': paper.key, 'mosquitto.log': '' }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o666 })
  for (const name of ['', ...Object.keys(files)]) chmodSync(join(folder, name), name === '' ? 0o777 : 0o666)
  const tls = [`cafile ${folder}/ca.pem`, `certfile ${folder}/server.pem`, `keyfile ${folder}/server.key`]
  const log = [`log_dest file ${folder}/mosquitto.log`, 'log_dest stderr', 'log_type all']
  const lines = [`listener ${port} 127.0.0.1`, ...tls, 'require_certificate true', 'tls_version tlsv1.2', ...log]
  writeFileSync(join(folder, 'mosquitto.conf'), [...lines, 'allow_anonymous true', ''].join('\n'))
  const child = spawn(mosquitto, ['-c', join(folder, 'mosquitto.conf')], { stdio: ['ignore', 'ignore', 'pipe'] })
  await says(child, /running/)
  return child
}

/** `sectag watch`, as it would be typed, in front of it; it waits for a board that never comes. */
async function startWatch(folder: string, port: number, other: Paper): Promise<[ChildProcess, number]> {
  writeFileSync(join(folder, 'other.crt'), other.certificate)
  const front = ['--in-front-of', `127.0.0.1:${port}`, '--broker-log', join(folder, 'mosquitto.log')]
  const more = ['--cert', join(folder, 'other.crt'), '--client-ca', join(folder, 'ca.pem'), '--listen', '127.0.0.1:0']
  const home = ['--home', join(folder, 'home')]
  const child = spawn(process.execPath, [main, 'watch', ...more, ...front, ...home], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [, listening] = await says(child, /Listening at 127\.0\.0\.1:(\d+)/)
  return [child, Number(listening)]
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0
}

/** Handshakes a second when so many are under way at once. */
async function crowd(place: Place): Promise<number> {
  const begun = performance.now()
  let left = crowdOf
  const one = async (): Promise<void> => {
    while (left-- > 0) await handshake(place)
  }
  await Promise.all(Array.from({ length: abreast }, one))
  return crowdOf / ((performance.now() - begun) / 1000)
}

async function compare(direct: Place, through: Place): Promise<Figure[]> {
  for (let round = 0; round < warmUp; round++) for (const place of [direct, through]) await handshake(place)
  const times = { direct: [] as number[], through: [] as number[] }
  // In turn, so that whatever else the machine does falls on both.
  for (let round = 0; round < rounds; round++) {
    times.direct.push(await handshake(direct))
    times.through.push(await handshake(through))
  }
  const [alone, watched] = [median(times.direct), median(times.through)]
  const rates = { direct: [] as number[], through: [] as number[] }
  for (let turn = 0; turn < crowds; turn++) {
    rates.direct.push(await crowd(direct))
    rates.through.push(await crowd(through))
  }
  const [many, manyWatched] = [median(rates.direct), median(rates.through)]
  return [
    { what: 'mutual handshake with Mosquitto, direct, median', value: alone, unit: 'ms' },
    { what: 'the same through sectag watch, median', value: watched, unit: 'ms' },
    { what: 'added by each handshake, median', value: watched - alone, unit: 'ms' },
    { what: 'ratio', value: watched / alone, unit: '' },
    { what: `${abreast} at once, direct, median of ${crowds} turns`, value: many, unit: '/s' },
    { what: `${abreast} at once, through sectag watch, median of ${crowds} turns`, value: manyWatched, unit: '/s' },
    { what: 'load of the machine meanwhile, ours included', value: loadavg()[0] ?? 0, unit: '' },
  ]
}

/** What a witness costs: handshakes of a board with Mosquitto, directly and through `sectag watch`, in one run. */
export async function measure(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sectag-bench-'))
  const paper = await makePaper('nrf-bench', Date.now())
  // A board's certificate does for a server here: names are not checked unless an application asks (TLS-12).
  const material = { roots: [utf8(paper.ca)], chain: utf8(paper.certificate), key: utf8(paper.key) }
  const port = await freePort()
  const running: ChildProcess[] = []
  try {
    running.push(await startMosquitto(folder, paper, port))
    const [watch, listening] = await startWatch(folder, port, await makePaper('other', Date.now()))
    running.push(watch)
    return await compare({ port, material }, { port: listening, material })
  } finally {
    for (const child of running) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}
