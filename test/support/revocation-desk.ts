import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import {
  type BrokerDriver,
  EmbeddedBroker,
  embeddedDriver,
  type Gate,
  mosquittoDriver,
  Observer,
  type Pass,
  type Sessions,
  sessionsByLog,
  sessionsThrough,
} from '../../src/broker/index.ts'
import { systemRandom } from '../../src/cli/system-random.ts'
import {
  armour,
  type Crl,
  type CrlOrder,
  checkCrl,
  makeRequest,
  newKeyPair,
  parsePem,
  readCertificate,
  readCrl,
} from '../../src/pki/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { fromHex, Secret, utf8 } from '../../src/terms/index.ts'
import { folderWith, freshAuthority, type TestAuthority } from './authority.ts'
import { type RunningMosquitto, startMosquitto } from './mosquitto.ts'

const hour = 3_600_000

/** A certificate that was issued, with its key and what a driver wants to know of it. */
export interface Issued extends Pass {
  readonly fingerprint: string
  readonly subject: string
}

/** An authority that issues and revokes, with the two trial certificates of a gate. */
export interface RevocationDesk {
  readonly ca: TestAuthority
  readonly trials: Gate['trials']
  issue(subject: string): Promise<Issued>
  /** A list that names these. Numbers count up. */
  list(revoked: readonly Pass[], order?: Partial<CrlOrder>): Promise<Crl>
  /** One that names the trial certificate too, by which a driver sees that it is in force. */
  listFor(revoked: readonly Pass[], order?: Partial<CrlOrder>): Promise<Crl>
  /** A gate to a broker at this port, guarded as `sectag revoke` does it. */
  gate(port: number): Gate
}

/** Makes one. */
export async function revocationDesk(name = 'test'): Promise<RevocationDesk> {
  const ca = await freshAuthority(name)
  const issue = async (subject: string): Promise<Issued> => issuedBy(ca, subject)
  const trials = { healthy: await issue('trial'), revoked: await issue('revoked trial') }
  let number = 0
  const list: RevocationDesk['list'] = async (revoked, order = {}) => {
    const now = Date.now() - hour
    const entries = revoked.map(({ serial }) => ({ serial: fromHex(serial), at: now }))
    number++
    const read = readCrl(await ca.authority.revocationList({ number, now, revoked: entries, ...order }))
    if (!read.ok) throw new Error(read.refusal.text)
    return read.value
  }
  return {
    ca,
    trials,
    issue,
    list,
    listFor: (revoked, order) => list([...revoked, trials.revoked], order),
    gate: (port) => ({
      clock: systemClock,
      random: systemRandom,
      door: { host: '127.0.0.1', port, roots: ca.files.rootCertificate },
      trials,
      guard: (crl, loaded) =>
        checkCrl(crl, {
          issuing: readCertificate(parsePem(ca.files.issuingCertificate).blocks[0]?.der ?? new Uint8Array()),
          now: Date.now(),
          ...(loaded !== undefined && { loaded }),
          mustNotHold: [trials.healthy.serial],
          lasts: 24 * hour,
        }),
    }),
  }
}

async function issuedBy({ issue }: TestAuthority, subject: string): Promise<Issued> {
  const pair = await newKeyPair()
  const { chain, certificate } = await issue({ profile: 'device', request: await makeRequest(pair, subject) })
  const key = new Secret(utf8(armour({ label: 'PRIVATE KEY', der: pair.privateKey.pkcs8 })))
  const { serial, fingerprint } = certificate
  return { chain, key, serial, fingerprint, subject: certificate.subject }
}

/** A broker with its driver. `port` is where boards come in. */
export interface Driven {
  readonly driver: BrokerDriver
  readonly port: number
  close(): Promise<void>
}

/** The embedded broker with its driver. */
export async function drivenEmbedded(desk: RevocationDesk): Promise<Driven> {
  const { chain, key } = await server(desk)
  const broker = await EmbeddedBroker.start({
    clock: systemClock,
    host: '127.0.0.1',
    port: 0,
    serverChain: chain,
    serverKey: key,
    clientRoots: desk.ca.files.rootCertificate,
    revocations: (await desk.list([])).pem,
  })
  return { driver: embeddedDriver(broker, desk.gate(broker.port)), port: broker.port, close: () => broker.close() }
}

/** A Mosquitto with its driver, and what tests do to it. */
export interface DrivenMosquitto extends Driven {
  readonly broker: RunningMosquitto
  readonly crlFile: string
  readonly log: string
  /** Puts a text in place of its `crlfile` and has it reloaded, as somebody would who is not guarded. */
  putUnguarded(text: string): Promise<void>
}

/** A Mosquitto with a list that revokes nobody yet; its sessions are ended by its log, or by an observer in front of it. */
export async function drivenMosquitto(
  desk: RevocationDesk,
  way: 'log' | 'observer' = 'log',
  more: readonly string[] = ['use_identity_as_username true'],
): Promise<DrivenMosquitto> {
  const { chain, key } = await server(desk)
  const folder = folderWith({ 'mosquitto.log': '' })
  const [crlFile, log] = [folder.path('boards.crl'), folder.path('mosquitto.log')]
  // Started by root, Mosquitto becomes a user who must be able to read the one and write the other.
  chmodSync(folder.path('.'), 0o755)
  chmodSync(log, 0o666)
  writeFileSync(crlFile, (await desk.list([])).pem, { mode: 0o644 })
  const ca = desk.ca.files.rootCertificate
  const broker = await startMosquitto({ ca, chain, key, more: [`crlfile ${crlFile}`, `log_dest file ${log}`, ...more] })
  const load = (text: string | undefined): Promise<void> => {
    writeFileSync(`${crlFile}.new`, text ?? '', { mode: 0o644 })
    renameSync(`${crlFile}.new`, crlFile)
    process.kill(broker.pid, 'SIGHUP')
    return Promise.resolve()
  }
  const observer = await Observer.start({
    clock: systemClock,
    listen: { host: '127.0.0.1', port: 0 },
    broker: { host: '127.0.0.1', port: broker.port },
  })
  const gate = desk.gate(broker.port)
  const sessions: Sessions =
    way === 'observer' ? sessionsThrough(observer) : sessionsByLog({ gate, log: () => linesOf(log), alone: () => true })
  const shelf = { read: () => readFileSync(crlFile, 'latin1'), load }
  return {
    driver: mosquittoDriver({ gate, shelf, sessions }),
    port: way === 'observer' ? observer.port : broker.port,
    broker,
    crlFile,
    log,
    putUnguarded: load,
    async close() {
      await observer.close()
      await broker.stop()
      folder.clear()
    },
  }
}

/** The lines of a file as it stands now. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  yield* readFileSync(file, 'utf8').split('\n')
}

async function server({ ca }: RevocationDesk): Promise<{ chain: string; key: string }> {
  const pair = await newKeyPair()
  const request = await makeRequest(pair, 'broker')
  const { chain } = await ca.issue({ profile: 'server', request, names: ['localhost', '127.0.0.1'] })
  return { chain, key: armour({ label: 'PRIVATE KEY', der: pair.privateKey.pkcs8 }) }
}
