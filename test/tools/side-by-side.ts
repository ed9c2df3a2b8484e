import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sha256Hex } from '../../src/pki/index.ts'
import { makePty, systemClock } from '../../src/port/index.ts'
import {
  AtHost,
  type FaultKind,
  memoryModelOf,
  type Personality,
  type PutFault,
  putFault,
  VirtualModem,
} from '../../src/virtual/index.ts'
import { heldIn } from '../oracle/memory.ts'
import { truthOf } from '../prove/wanted.ts'
import type { Desk } from '../support/cli.ts'
import type { Paper } from '../support/paper.ts'
import { type Spawned, spawned } from '../support/spawned.ts'

const tag = 42
const types = ['ROOT_CA_CERT', 'CLIENT_CERT', 'CLIENT_KEY'] as const
const names = ['root.crt', 'board.crt', 'board.key'] as const
const wrapper = new URL('nordic_tools_on_pty.py', import.meta.url).pathname

/** How a tool came through: what it claimed by its exit code, and what the bytes say. */
export interface Came {
  readonly claims: 'success' | 'failure'
  readonly complete: boolean
  readonly struck: boolean
}

/** What the oracle read from the bytes of a memory, by slot. */
type InMemory = ReturnType<typeof heldIn>

/** Somebody's tool. */
export interface Tool {
  /** Provisions the three credentials of a tag over the PTY; true where its exit codes say that all went well. */
  provision(path: string): Promise<boolean>
  /** Whether the memory holds what the tool meant to write. */
  isComplete(held: InMemory): boolean
}

/** One provisioning by a tool of a fresh board, with a fault from its `from`-th command on. `commands` hears what is said. */
export async function provisionBy(
  tool: Tool,
  line: Personality,
  fault?: { kind: FaultKind; seed: string; from: number },
  commands: (text: string) => void = () => {},
): Promise<Came> {
  const modem = new VirtualModem({ personality: line, clock: systemClock, seed: 'side by side' })
  const put: PutFault = fault === undefined ? { struck: 0 } : putFault(modem, fault)
  modem.inFront((text, answer) => {
    commands(text)
    return answer()
  })
  const pty = makePty()
  void new AtHost(modem, { clock: systemClock }).serve(pty.port)
  const claims = (await tool.provision(pty.path)) ? 'success' : 'failure'
  pty.close()
  const held = heldIn(modem.store.image(), memoryModelOf(line))
  return { claims, complete: tool.isComplete(held), struck: put.struck > 0 }
}

/** `sectag apply`, as it is. */
export function bySectag(desk: Desk, paper: Paper): Tool {
  const files = ['--ca', names[0], '--cert', names[1], '--key', names[2]]
  return {
    provision: async (path) => (await desk.run(['apply', '--port', path, '--tag', String(tag), ...files])).exit === 0,
    isComplete: (held) => holds(held, [paper.ca, paper.certificate, paper.key]),
  }
}

function holds(held: InMemory, wanted: readonly (string | undefined)[]): boolean {
  return wanted.every(
    (text, type) => text !== undefined && truthOf(held.get(`${tag}/${type}`), Buffer.from(text)) === 'same',
  )
}

/** Three writes of the unmodified nrfcredstore; a script around it would stop at the first that fails. */
export function byNrfcredstore(program: string, folder: string, paper: Paper): Tool {
  const python = join(dirname(program), 'python3')
  const provision = async (path: string): Promise<boolean> => {
    const tools = spawned(python, [wrapper, path], { cwd: folder })
    try {
      for (const [at, type] of types.entries()) {
        const argv = ['nrfcredstore', path, '--cmd-type', 'at', 'write', String(tag), type, names[at] ?? '']
        if (!(await succeeds(tools, argv))) return false
      }
      return true
    } finally {
      await tools.stop()
    }
  }
  return { provision, isComplete: (held) => holds(held, [paper.ca, paper.certificate, paper.key]) }
}

/**
 * The unmodified installer of nRF Cloud utils, which makes key and certificate itself, writes the three and with `--verify`
 * compares their digests.
 */
export function byInstaller(program: string, folder: string): Tool {
  const python = join(dirname(program), 'python3')
  const provision = async (path: string): Promise<boolean> => {
    const tools = spawned(python, [wrapper, path], { cwd: folder })
    try {
      if (!(await succeeds(tools, ['create_ca_cert', '-c', 'DE', '--cn', 'side by side']))) return false
      const ca = readdirSync(folder).find((name) => name.endsWith('_ca.pem')) ?? ''
      const files = ['--ca', ca, '--ca-key', ca.replace('_ca.pem', '_prv.pem'), '--csv', 'onboard.csv']
      const how = ['--plain', '-s', '-S', String(tag), '-d', '--verify', '--local-cert', '--id-str', 'board', '-a']
      return await succeeds(tools, ['device_credentials_installer', '--port', path, ...files, ...how])
    } finally {
      await tools.stop()
    }
  }
  const made = (name: string): string | undefined =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : undefined
  return {
    provision,
    isComplete(held) {
      const root = held.get(`${tag}/0`)
      const hasRoot = root !== undefined && sha256Hex(Uint8Array.from(root)) === broughtAlong
      return (
        hasRoot &&
        holds(new Map([...held, [`${tag}/0`, Buffer.from('')]]), ['', made('board_crt.pem'), made('board_prv.pem')])
      )
    },
  }
}

/** DIG-11: Amazon Root CA 1 with CR LF, the last one kept, which the installer brings along. */
const broughtAlong = '56AE01E6773BDAEC4BFB216D4005ADB06E4F680BD8BFB8BE4C683CE921681897'

/** One that never comes to an end has failed too. */
async function succeeds(tools: Spawned, argv: readonly string[]): Promise<boolean> {
  const after = tools.out().length
  tools.say(`${JSON.stringify(argv)}\n`)
  const said = tools.prints(/^\{"exit": (\d+).*\}$/m, after).then(([, exit]) => exit === '0')
  return Promise.race([said, systemClock.sleep(90_000).then(() => false)])
}
