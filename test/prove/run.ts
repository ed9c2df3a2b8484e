import { memoryCable, type Port } from '../../src/at/index.ts'
import type { Bytes } from '../../src/terms/index.ts'
import { memoryModelOf } from '../../src/virtual/index.ts'
import { heldIn } from '../oracle/memory.ts'
import { meansTheSame } from '../oracle/meaning.ts'
import { type OracleBroker, type OracleClient, possibleSession } from '../oracle/session.ts'
import { canShow, misreported, type Verdict, verdictOf } from './judge.ts'
import { makeSetting, type Papers, type Setting, tag, type Way } from './setting.ts'
import { type Said, type User, userAt } from './user.ts'
import { type Truth, truthOf, type WantedNow, wantedNow } from './wanted.ts'
import type { Shown } from './watch.ts'

/** What came of one proving run. */
export interface Account {
  readonly seed: string
  readonly mfw: string
  readonly kind: string
  readonly way: Way
  readonly struck: boolean
  readonly verdict: Verdict
  /** Whether all slots really held what is wanted when the verdict was given, and whether a session was possible. */
  readonly complete: boolean
  readonly possible: boolean
  /** Whether all that was wrong then was right when the session was, and has been spoilt since where no firmware of this line can show it. */
  readonly spoiltSince: boolean
  /** Whether all that was wrong then are bytes around a certificate or key which are the wanted ones, and no firmware of this line can show them. */
  readonly otherText: boolean
  /** The verdict of the re-run behind an UNKNOWN. */
  readonly again?: Verdict
  readonly againTrue?: boolean
  /** What was told and is not so. */
  readonly misreported: readonly string[]
  readonly exits: readonly string[]
}

/** How the board hangs on its cable. */
export type Plug = (setting: Setting) => () => Promise<Port>

/** A cable made of memory, a new one for each command line. */
export const memoryPlug: Plug =
  ({ host }) =>
  async () => {
    const cable = memoryCable('test:board')
    void host.serve(cable.modem)
    return cable.host
  }

/** How the board's application connects, if it can: its session comes to the user's broker or not. */
export type Connect = (setting: Setting, papers: Papers, user: User) => Promise<void>

/** Node's crypto decides whether there would be a session. */
export const connectOnPaper: Connect = async (setting, papers, user) => {
  const client = clientOf(setting, papers)
  if (client === undefined) return
  const now = setting.clock.now()
  const certificate = { ...client, serial: '' }
  user.keeps({ at: now, session: now, peer: '', handshake: 'full', certificate })
}

/** The other side, for either way. */
export function brokerOf({ wanted, authority }: Papers): OracleBroker {
  return { server: wanted.server.chain, roots: [wanted.root, authority.files.rootCertificate] }
}

function contentsOf({ line }: Setting, image: Bytes): (Buffer | undefined)[] {
  const held = heldIn(image, memoryModelOf(line))
  return [0, 1, 2].map((type) => held.get(`${tag}/${type}`))
}

function clientOf(setting: Setting, papers: Papers): OracleClient | undefined {
  return possibleSession(contentsOf(setting, setting.modem.store.image()), brokerOf(papers))
}

function truthIn(setting: Setting, image: Bytes, wanted: WantedNow): Truth[] {
  return contentsOf(setting, image).map((content, type) => truthOf(content, wanted[type]))
}

/** What was shown of each slot: a CA that has no digest is read back, later than the listing. */
function truthShown(setting: Setting, { listed, read }: Shown, wanted: WantedNow): Truth[] {
  const [first = 'missing', ...rest] = truthIn(setting, listed, wanted)
  const readBack = setting.line.digests === 'placeholder' && first !== 'missing'
  return [readBack ? (truthIn(setting, read, wanted)[0] ?? 'missing') : first, ...rest]
}

/** All that one run needs. */
interface Run {
  readonly setting: Setting
  readonly papers: Papers
  readonly connect: Connect
  types(...words: Parameters<User['types']>): Promise<Said>
  readonly user: User
}

/** What a run comes with, where it is not as usual. */
export interface ProveOptions {
  readonly made?: (seed: string, papers: Papers) => Setting
  readonly plug?: Plug
  readonly connect?: Connect
}

/** A provisioning run with a fault in it: apply, connect, verify; and again where that left something unknown. */
export async function prove(seed: string, papers: Papers, options: ProveOptions = {}): Promise<Account> {
  const { made = makeSetting, plug = memoryPlug, connect = connectOnPaper } = options
  const setting = made(seed, papers)
  const user = userAt(setting, papers, plug(setting))
  const exits: string[] = []
  const wrong: string[] = []
  const types: Run['types'] = async (...words) => {
    const before = wantedNow(setting, papers, user.issued())
    const said = await user.types(...words)
    exits.push(`${said.verb} ${said.exit}`)
    const { planned, last } = setting.watch.shown()
    const after = wantedNow(setting, papers, user.issued())
    const truth = { planned: truthShown(setting, planned, before), last: truthShown(setting, last, after) }
    wrong.push(...misreported(said, setting, truth), ...wronglyLeft(said, setting))
    return said
  }
  const run: Run = { setting, papers, connect, types, user }
  try {
    const { line, kind, way, fault } = setting
    const { verdict, atSession } = await provision(run)
    const truth = now(run)
    const first = {
      seed,
      mfw: line.name,
      kind,
      way,
      struck: fault.struck > 0,
      verdict,
      complete: truth.every((one) => one === 'same'),
      possible: clientOf(setting, papers) !== undefined,
      spoiltSince: truth.every((one, type) => one === 'same' || spoilt(setting, type, one, atSession)),
      otherText: truth.every((one, type) => one === 'same' || isOtherText(run, type)),
    }
    const second = verdict === 'UNKNOWN' ? await again(run) : {}
    return { ...first, ...second, misreported: wrong, exits }
  } finally {
    user.leaves()
  }
}

function now({ setting, papers, user }: Run): Truth[] {
  return truthIn(setting, setting.modem.store.image(), wantedNow(setting, papers, user.issued()))
}

function spoilt(setting: Setting, type: number, is: Truth, atSession: readonly Truth[] | undefined): boolean {
  return is === 'differs' && atSession?.[type] === 'same' && !canShow(setting, type)
}

/** The session has shown that certificate and key are right; a byte that means nothing to either it cannot show. */
function isOtherText({ setting, papers, user }: Run, type: number): boolean {
  const content = contentsOf(setting, setting.modem.store.image())[type]
  const wanted = wantedNow(setting, papers, user.issued())[type]
  if (content === undefined || wanted === undefined || canShow(setting, type)) return false
  return meansTheSame(type, content, wanted)
}

async function provision(run: Run): Promise<{ verdict: Verdict; atSession?: readonly Truth[] }> {
  const { setting, types } = run
  // Where a listing cannot show all, what may be there must be written over, and that must be asked for.
  const proof = setting.line.digests === 'placeholder' || setting.way === 'born' ? 'presence' : 'digest'
  const applied = await types('apply', '--yes', '--rewrite', '--proof', proof)
  if (applied.exit !== 0) return { verdict: verdictOf(applied) }
  await setting.clock.sleep(1000)
  const atSession = now(run)
  await run.connect(setting, run.papers, run.user)
  await setting.clock.sleep(1000)
  return { verdict: verdictOf(await types('verify', '--proof', 'session')), atSession }
}

async function again(run: Run): Promise<{ again: Verdict; againTrue: boolean }> {
  const { setting, papers, types } = run
  // Later: a modem that was slow has answered by then, and for any other nobody waits.
  await setting.clock.sleep(setting.kind === 'slow' ? 45_000 : 1000)
  await types('resume', '--yes', '--proof', 'presence')
  const { verdict } = await provision(run)
  const complete = now(run).every((one) => one === 'same')
  const possible = clientOf(setting, papers) !== undefined
  return { again: verdict, againTrue: verdict === 'PASS' ? complete : !complete || !possible }
}

/** Where it is said how the modem was left, it is so. */
function wronglyLeft({ result }: Said, { modem }: Setting): string[] {
  const left = result['left'] as { state?: { functionalMode: number; errorReporting: number } } | undefined
  if (left?.state === undefined) return []
  const { functionalMode, errorReporting } = left.state
  const { state } = modem
  return functionalMode === state.functionalMode && errorReporting === state.errorReporting
    ? []
    : [`left as ${functionalMode}/${errorReporting}, is ${state.functionalMode}/${state.errorReporting}`]
}
