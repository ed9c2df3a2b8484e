import { gcmProfile, type TlsProfile } from '../../src/tls/index.ts'
import { issue, type Issued, revocationListOf, tlsPaper } from './tls-paper.ts'

const serverAuth = '1.3.6.1.5.5.7.3.1'
const clientAuth = '1.3.6.1.5.5.7.3.2'

/** One way in which a connection comes to nothing: what the broker has, what the board has, and what is to be seen. */
export interface RefusedCase {
  readonly title: string
  readonly reason: string
  /** Whether the board showed a certificate, so that it can be named. */
  readonly named: boolean
  readonly detail?: RegExp
  readonly server?: { readonly chain: string; readonly key: string }
  readonly roots?: string
  readonly crl?: string
  readonly board: { readonly root: string; readonly chain?: string; readonly key?: string }
  readonly profile?: TlsProfile
  /** What the board calls the broker. */
  readonly name?: string
}

/** A certificate whose chain is as it is written into a board. */
function held(root: Issued, leaf: Issued, ...above: readonly Issued[]): RefusedCase['board'] {
  return { root: root.pem, chain: [leaf, ...above].map(({ pem }) => pem).join(''), key: leaf.key }
}

/** All that happens in the handshake. What comes after it (client ids, topics) needs no paper of its own. */
export async function refusedCases(): Promise<RefusedCase[]> {
  return [...(await ofCertificates()), ...(await ofLists()), ...(await ofServers())]
}

async function ofCertificates(): Promise<RefusedCase[]> {
  const { root, board, foreign, expired } = await tlsPaper()
  const early = await issue({ subject: 'board', under: root, from: 5 })
  const server = await issue({ subject: 'board', under: root, uses: [serverAuth] })
  const client = await issue({ subject: 'board', under: root, uses: [clientAuth] })
  const narrow = await issue({ subject: 'narrow root', ca: true, pathLength: 0 })
  const upper = await issue({ subject: 'upper', under: narrow, ca: true })
  const deep = await issue({ subject: 'board', under: upper })
  const twin = await issue({ subject: 'test root', ca: true })
  const twins = await issue({ subject: 'board', under: twin })
  const old = await issue({ subject: 'old root', ca: true, from: -10, until: -1 })
  const olds = await issue({ subject: 'board', under: old })
  const named = true
  return [
    { title: 'no certificate', reason: 'no-client-certificate', named: false, board: { root: root.pem } },
    { title: 'expired', reason: 'client-expired', named, board: held(root, expired) },
    { title: 'not yet valid', reason: 'client-not-yet-valid', named, board: held(root, early) },
    { title: 'unknown CA', reason: 'client-unknown-ca', named, board: held(root, foreign) },
    { title: 'unknown CA with the name of a known one', reason: 'client-unknown-ca', named, board: held(root, twins) },
    { title: 'expired CA', reason: 'ca-expired', named, roots: root.pem + old.pem, board: held(root, olds) },
    { title: 'wrong key use', reason: 'client-wrong-use', named, board: held(root, server) },
    {
      title: 'client chain too long',
      reason: 'client-chain-too-long',
      named,
      roots: root.pem + narrow.pem,
      board: held(root, deep, upper),
    },
    {
      title: "a key that is not the certificate's",
      reason: 'client-key-mismatch',
      named,
      board: { ...held(root, board), key: client.key },
      profile: { ...gcmProfile, noticesForeignKey: false },
    },
  ]
}

async function ofLists(): Promise<RefusedCase[]> {
  const { root, board, stranger } = await tlsPaper()
  const good = held(root, board)
  const of = async (title: string, reason: string, crl: string): Promise<RefusedCase> => {
    return { title, reason, named: true, crl, board: good }
  }
  return [
    await of('revoked', 'client-revoked', await revocationListOf(root, { revoked: [board] })),
    await of('stale CRL', 'crl-stale', await revocationListOf(root, { from: -9, until: -2 })),
    await of('CRL of another CA', 'crl-unusable', await revocationListOf(stranger)),
    await of('CRL not yet valid', 'crl-unusable', await revocationListOf(root, { from: 3 })),
  ]
}

async function ofServers(): Promise<RefusedCase[]> {
  const { root, board, stranger } = await tlsPaper()
  const below = await issue({ subject: 'issuing', under: root, ca: true, padding: 60 })
  const long = await issue({ subject: 'broker', under: below, names: ['broker.test'] })
  const large = await issue({ subject: 'large root', ca: true, padding: 20 })
  const alone = await issue({ subject: 'broker', under: large })
  return [
    {
      title: 'server chain too long, by the root that the broker adds',
      reason: 'server-chain-too-long',
      named: false,
      detail: /^4\d\d\d bytes of certificates, \d+ more/,
      roots: root.pem + large.pem,
      server: { chain: alone.pem, key: alone.key },
      board: held(root, board),
    },
    {
      title: 'server chain too long',
      reason: 'server-chain-too-long',
      named: false,
      detail: /^\d+ bytes of certificates, \d+ more than the 4096 that a modem takes$/,
      server: { chain: long.pem + below.pem, key: long.key },
      board: held(root, board),
    },
    {
      title: 'no common suite',
      reason: 'no-common-suite',
      named: false,
      board: held(root, board),
      // Of RSA only, at a broker with an EC key.
      profile: { ...gcmProfile, suites: [0xc030] },
    },
    { title: 'client distrusts server', reason: 'server-unknown-ca', named: false, board: held(stranger, board) },
    {
      title: 'SNI, another name',
      reason: 'server-name-mismatch',
      named: false,
      detail: /^it asked for other\.test; the broker's certificate is for DNS:broker\.test$/,
      board: held(root, board),
      name: 'other.test',
      profile: { ...gcmProfile, checksHostName: true },
    },
  ]
}
