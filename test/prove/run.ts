import { memoryCable, type Port } from '../../src/at/index.ts'
import { memoryModelOf } from '../../src/virtual/index.ts'
import { heldIn } from '../oracle/memory.ts'
import { type OracleClient, possibleSession } from '../oracle/session.ts'
import { misreported, type Truth, truthOf, type Verdict, verdictOf } from './judge.ts'
import { makeSetting, type Papers, type Setting, tag, textsOf } from './setting.ts'
import { type Said, type User, userAt } from './user.ts'

/** What came of one proving run. */
export interface Account {
  readonly seed: string
  readonly mfw: string
  readonly kind: string
  readonly struck: boolean
  readonly verdict: Verdict
  /** Whether all slots really held what is wanted when the verdict was given, and whether a session was possible. */
  readonly complete: boolean
  readonly possible: boolean
  /** Whether what differed could be seen: on firmware without digests it cannot, when the session was a true one. */
  readonly unseen: boolean
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

interface Real {
  readonly truth: readonly Truth[]
  readonly client: OracleClient | undefined
}

/** What is really so, from the bytes alone. */
function real({ modem, line }: Setting, { wanted }: Papers, image = modem.store.image()): Real {
  const held = heldIn(image, memoryModelOf(line))
  const contents = [0, 1, 2].map((type) => held.get(`${tag}/${type}`))
  const truth = textsOf(wanted).map((text, type) => truthOf(contents[type], text))
  return { truth, client: possibleSession(contents, { server: wanted.server.chain, root: wanted.root }) }
}

/** A provisioning run with a fault in it: apply, connect, verify; and again where that left something unknown. */
export async function prove(
  seed: string,
  papers: Papers,
  made: (seed: string, papers: Papers) => Setting = makeSetting,
  plug: Plug = memoryPlug,
): Promise<Account> {
  const setting = made(seed, papers)
  const user = userAt(setting.clock, papers.wanted, plug(setting))
  const exits: string[] = []
  const wrong: string[] = []
  const heard = (said: Said): Said => {
    exits.push(`${said.verb} ${said.exit}`)
    const { planned, last } = setting.listed()
    const truth = (image: typeof last): readonly Truth[] => real(setting, papers, image).truth
    wrong.push(
      ...misreported(said, setting.line, { planned: truth(planned), last: truth(last) }),
      ...wronglyLeft(said, setting),
    )
    return said
  }
  try {
    const { verdict, session } = await provision(setting, papers, user, heard)
    const { truth, client } = real(setting, papers)
    const first = {
      seed,
      mfw: setting.line.name,
      kind: setting.kind,
      struck: setting.fault.struck > 0,
      verdict,
      complete: truth.every((one) => one === 'same'),
      possible: client !== undefined,
      unseen: setting.line.digests === 'placeholder' && truth.every((one) => one !== 'missing') && session,
    }
    const second = verdict === 'UNKNOWN' ? await again(setting, papers, user, heard) : {}
    return { ...first, ...second, misreported: wrong, exits }
  } finally {
    user.leaves()
  }
}

async function provision(
  setting: Setting,
  papers: Papers,
  user: User,
  heard: (said: Said) => Said,
): Promise<{ verdict: Verdict; session: boolean }> {
  // Old firmware shows presence only: what may be there must be written over, and that must be asked for.
  const proof = setting.line.digests === 'placeholder' ? 'presence' : 'digest'
  const applied = heard(await user.types('apply', '--yes', '--rewrite', '--proof', proof))
  if (applied.exit !== 0) return { verdict: verdictOf(applied), session: false }
  const session = await connect(setting, papers, user)
  return { verdict: verdictOf(heard(await user.types('verify', '--proof', 'session'))), session }
}

/** The board's application connects, if its memory lets it. */
async function connect(setting: Setting, papers: Papers, user: User): Promise<boolean> {
  await setting.clock.sleep(1000)
  const { client } = real(setting, papers)
  if (client !== undefined) user.sees(client)
  await setting.clock.sleep(1000)
  return client !== undefined
}

async function again(
  setting: Setting,
  papers: Papers,
  user: User,
  heard: (said: Said) => Said,
): Promise<{ again: Verdict; againTrue: boolean }> {
  // Later: a modem that was slow has answered by then, and for any other nobody waits.
  await setting.clock.sleep(setting.kind === 'slow' ? 45_000 : 1000)
  heard(await user.types('resume', '--yes', '--proof', 'presence'))
  const { verdict } = await provision(setting, papers, user, heard)
  const { truth, client } = real(setting, papers)
  const complete = truth.every((one) => one === 'same')
  return { again: verdict, againTrue: verdict === 'PASS' ? complete : !complete || client === undefined }
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
