import { afterEach, expect } from 'vitest'
import { systemClock } from '../../../src/port/index.ts'
import { type Desk, desk } from '../../support/cli.ts'
import { figure } from '../../support/figures.ts'
import { freePort, type MosquittoFiles, mosquittoProgram, startMosquitto } from '../../support/mosquitto.ts'
import { needs } from '../../support/outside.ts'
import { type Issued, issue } from '../../support/tls-paper.ts'

/** A broker with one thing wrong with it, and what has to be said of it. */
interface Fault {
  readonly name: string
  /** Where it listens. */
  readonly stage: (paper: Paper) => Promise<number>
  readonly class: string
  readonly exit: number
  readonly args?: readonly string[]
  /** A count that the finding must bear. */
  readonly figures?: Record<string, number>
}

/** A root that boards hold, an issuing CA under it, a board; and a root that they do not. */
interface Paper {
  readonly root: Issued
  readonly issuing: Issued
  readonly board: Issued
  readonly foreign: Issued
  /** The CA of the clients alone: Mosquitto sends what its cafile has of the server's chain. */
  readonly clients: Issued
}

const name = 'broker.test'
const names = [name]
const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

let made: Promise<Paper> | undefined
async function fresh(): Promise<Paper> {
  const root = await issue({ subject: 'fleet root CA', ca: true, until: 90 })
  const clients = await issue({ subject: 'clients', ca: true, until: 90 })
  return {
    root,
    issuing: await issue({ subject: 'fleet issuing CA', under: root, ca: true, until: 90 }),
    board: await issue({ subject: 'board', under: clients, until: 90 }),
    foreign: await issue({ subject: 'another root CA', ca: true, until: 90 }),
    clients,
  }
}

async function listening(
  { clients }: Paper,
  server: Issued,
  behind: readonly Issued[] = [],
  more: Partial<MosquittoFiles> = {},
): Promise<number> {
  const chain = [server, ...behind].map(({ pem }) => pem).join('')
  const running = await startMosquitto({ ca: clients.pem, chain, key: server.key, ...more })
  close.push(() => running.stop())
  return running.port
}

/** A good server but for what is named, with its issuing CA behind it. */
function server(wish: Partial<Parameters<typeof issue>[0]>, more: Partial<MosquittoFiles> = {}): Fault['stage'] {
  return async (paper) =>
    listening(
      paper,
      await issue({ subject: name, under: paper.issuing, names, until: 60, ...wish }),
      [paper.issuing],
      more,
    )
}

const client = ['--cert', 'board.crt', '--key', 'board.key']
const lax = 'CipherString = DEFAULT@SECLEVEL=0'

const faults: readonly Fault[] = [
  { name: 'nothing listens', stage: freePort, class: 'no-listener', exit: 3 },
  { name: 'MQTT without TLS', stage: server({}, { plain: true }), class: 'plain-port', exit: 5 },
  {
    name: 'MQTT without TLS, asked in MQTT',
    stage: server({}, { plain: true }),
    class: 'plain-port',
    exit: 5,
    args: client,
  },
  { name: 'TLS 1.3 only', stage: server({}, { version: 'tlsv1.3' }), class: 'protocol-version', exit: 5 },
  {
    name: 'no suite in common',
    stage: server({}, { more: ['ciphers ECDHE-ECDSA-CHACHA20-POLY1305'] }),
    class: 'no-common-suite',
    exit: 5,
  },
  {
    name: 'only suites with GCM, and old boards',
    stage: server({}, { more: ['ciphers ECDHE-ECDSA-AES128-GCM-SHA256'] }),
    class: 'no-common-suite',
    exit: 5,
    args: ['--mfw', '1.2.3'],
  },
  {
    name: 'only suites with GCM, and boards of any line',
    stage: server({}, { more: ['ciphers ECDHE-ECDSA-AES128-GCM-SHA256'] }),
    class: 'gcm-only',
    exit: 0,
  },
  {
    name: 'only the curve X25519',
    stage: server({ kind: 'RSA' }, { openssl: 'Groups = X25519' }),
    class: 'no-common-curve',
    exit: 5,
  },
  { name: 'an Ed25519 key', stage: server({ kind: 'Ed25519' }), class: 'key-type', exit: 5 },
  { name: 'a P-521 key', stage: server({ kind: 'P-521' }), class: 'key-type', exit: 5 },
  { name: 'an RSA key of 4,160 bits', stage: server({ kind: 'RSA', bits: 4160 }), class: 'key-type', exit: 5 },
  {
    name: 'an expired server',
    stage: server({ from: -10, until: -2 }),
    class: 'server-expired',
    exit: 5,
    figures: { days: -2 },
  },
  {
    name: 'a server that is not valid yet',
    stage: server({ from: 3 }),
    class: 'server-not-yet-valid',
    exit: 5,
    figures: { days: 3 },
  },
  {
    name: 'a server that expires in five days',
    stage: server({ until: 5.5 }),
    class: 'expires-soon',
    exit: 0,
    figures: { days: 5 },
  },
  {
    name: 'an expired issuing CA',
    stage: async (paper) => {
      const old = await issue({ subject: 'old issuing CA', under: paper.root, ca: true, from: -10, until: -1 })
      return listening(paper, await issue({ subject: name, under: old, names }), [old])
    },
    class: 'server-expired',
    exit: 5,
  },
  {
    name: 'a foreign root',
    stage: async (paper) =>
      listening(paper, await issue({ subject: name, under: paper.foreign, names }), [paper.foreign]),
    class: 'unknown-server-ca',
    exit: 5,
  },
  {
    name: 'a foreign root that is not sent',
    stage: async (paper) => listening(paper, await issue({ subject: name, under: paper.foreign, names })),
    class: 'unknown-server-ca',
    exit: 5,
  },
  {
    name: 'a root of the same name with another key',
    stage: async (paper) => {
      const again = await issue({ subject: 'fleet root CA', ca: true })
      return listening(paper, await issue({ subject: name, under: again, names }))
    },
    class: 'unknown-server-ca',
    exit: 5,
  },
  {
    name: 'a missing intermediate',
    stage: async (paper) => listening(paper, await issue({ subject: name, under: paper.issuing, names })),
    class: 'missing-intermediate',
    exit: 5,
  },
  {
    name: 'a server that signed itself',
    stage: async (paper) => listening(paper, await issue({ subject: name, names })),
    class: 'self-signed-server',
    exit: 5,
  },
  {
    name: 'a chain in the wrong order',
    stage: async (paper) => {
      const lower = await issue({ subject: 'lower CA', under: paper.issuing, ca: true })
      return listening(paper, await issue({ subject: name, under: lower, names, until: 60 }), [paper.issuing, lower])
    },
    class: 'chain-order',
    exit: 1,
  },
  {
    name: 'certificates that nobody needs',
    stage: async (paper) =>
      listening(paper, await issue({ subject: name, under: paper.issuing, names, until: 60 }), [
        paper.issuing,
        paper.foreign,
        paper.root,
      ]),
    class: 'chain-extras',
    exit: 0,
    figures: { certificates: 2 },
  },
  {
    name: 'a chain that is too large',
    stage: server({ padding: 60 }),
    class: 'chain-too-large',
    exit: 5,
    figures: { limit: 4096 },
  },
  { name: 'another name', stage: server({ names: ['elsewhere.test'] }), class: 'name-mismatch', exit: 5 },
  {
    name: 'a common name without an alternative one',
    stage: async (paper) =>
      listening(paper, await issue({ subject: name, under: paper.issuing, until: 60 }), [paper.issuing]),
    class: 'common-name-only',
    exit: 1,
  },
  { name: 'a SHA-1 signature', stage: server({ hash: 'SHA-1' }, { openssl: lax }), class: 'weak-signature', exit: 1 },
  {
    name: 'a certificate for clients',
    stage: server({ uses: ['1.3.6.1.5.5.7.3.2'] }),
    class: 'wrong-purpose',
    exit: 1,
  },
  {
    name: 'no client certificate demanded',
    stage: server({}, { more: ['require_certificate false'] }),
    class: 'client-certificate-not-demanded',
    exit: 0,
  },
  {
    name: 'client signatures that no modem makes',
    stage: server({}, { openssl: 'ClientSignatureAlgorithms = ed25519' }),
    class: 'client-key-not-taken',
    exit: 5,
  },
  {
    name: 'a client of another authority',
    stage: server({}),
    class: 'client-certificate-refused',
    exit: 5,
    args: ['--cert', 'stranger.crt', '--key', 'stranger.key'],
    figures: { alert: 48 },
  },
  {
    name: 'a broker that allows nobody in',
    stage: server({}, { more: ['allow_anonymous false', 'password_file /dev/null'] }),
    class: 'mqtt-refused',
    exit: 1,
    args: client,
  },
  { name: 'messages of any length', stage: server({}), class: 'long-messages', exit: 0, args: client },
  {
    name: 'messages of up to 4,000 bytes',
    stage: server({}, { more: ['max_packet_size 4000'] }),
    class: 'long-messages',
    exit: 0,
    args: client,
    figures: { longest: 4000 },
  },
  {
    name: 'tickets to resume with',
    stage: server({}, { more: ['require_certificate false'] }),
    class: 'resumption',
    exit: 0,
  },
]

async function bench(): Promise<Desk & { paper: Paper }> {
  made ??= fresh()
  const paper = await made
  const stranger = await issue({ subject: 'stranger', under: paper.foreign })
  const at = desk(systemClock)
  close.push(() => at.clear())
  at.file('root.crt', paper.root.pem)
  for (const [file, { pem, key }] of Object.entries({ board: paper.board, stranger })) {
    at.file(`${file}.crt`, pem)
    at.file(`${file}.key`, key)
  }
  return { ...at, paper }
}

const check = (port: number): string[] => [
  'broker',
  'check',
  `127.0.0.1:${port}`,
  '--ca',
  'root.crt',
  '--name',
  name,
  '--json',
]

const onMosquitto = needs('mosquitto', mosquittoProgram !== undefined)
const seen: { fault: string; class: string; exit: number; found: string; milliseconds: number }[] = []

for (const fault of faults) {
  onMosquitto(`${fault.name}: broker check names ${fault.class} and exits ${fault.exit}`, async () => {
    const at = await bench()
    const port = await fault.stage(at.paper)
    const started = performance.now()
    const ran = await at.run([...check(port), ...(fault.args ?? [])])
    const milliseconds = Math.round(performance.now() - started)
    const findings = ran.events.filter(({ type }) => type === 'broker-finding')
    const told = findings.map((finding) => String(finding['class']))
    seen.push({ fault: fault.name, class: fault.class, exit: ran.exit, found: told.join(' '), milliseconds })
    expect(told, JSON.stringify(ran.events, null, 1)).toContain(fault.class)
    expect(ran.exit, told.join()).toBe(fault.exit)
    // What stops a modem is told first, and nothing else stops it.
    if (fault.exit !== 0) expect(told[0]).toBe(fault.class)
    expect(findings.filter(({ weight }) => weight !== 'note').length, told.join()).toBe(fault.exit === 0 ? 0 : 1)
    const finding = findings.find((one) => one['class'] === fault.class)
    expect(finding).toMatchObject({ what: expect.any(String), why: expect.any(String), fix: expect.any(String) })
    if (fault.figures !== undefined) expect(finding?.['figures']).toMatchObject(fault.figures)
  })
}

onMosquitto("a good broker has nothing against it, with and without a board's certificate", async () => {
  const at = await bench()
  const stage = server({}, { more: ['max_packet_size 2000'] })
  const port = await stage(at.paper)
  const without = await at.run(check(port))
  expect(without).toMatchObject({ exit: 0, result: { entering: 'enters', findings: ['resumption', 'long-messages'] } })
  const whole = await at.run([...check(port), ...client])
  expect(whole).toMatchObject({ exit: 0, result: { entering: 'enters', findings: ['resumption'] } })
  expect(whole.events.find(({ type }) => type === 'broker-check')).toMatchObject({
    session: true,
    clientCertificate: 'demanded',
  })
})

onMosquitto('the table of faults on Mosquitto', async () => {
  for (const { fault, found, exit } of seen) console.log(`${fault.padEnd(46)} exit ${exit}  ${found}`)
  expect(new Set(seen.map((one) => one.class)).size).toBeGreaterThanOrEqual(12)
  const right = seen.filter((one) => one.found.split(' ').includes(one.class)).length
  figure('broker-check', {
    faults: seen.length,
    classes: new Set(seen.map((one) => one.class)).size,
    right,
    table: seen,
  })
})
