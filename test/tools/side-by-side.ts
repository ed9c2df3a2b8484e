import { dirname, join } from 'node:path'
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
import { truthOf } from '../prove/judge.ts'
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

/** Provisions the three credentials of a tag over the PTY; true where its exit codes say that all went well. */
export type Tool = (path: string) => Promise<boolean>

/** One provisioning by a tool of a fresh board, with a fault from its `from`-th command on. `commands` hears what is said. */
export async function provisionBy(
  tool: Tool,
  line: Personality,
  paper: Paper,
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
  const claims = (await tool(pty.path)) ? 'success' : 'failure'
  pty.close()
  const held = heldIn(modem.store.image(), memoryModelOf(line))
  const wanted = [paper.ca, paper.certificate, paper.key]
  const complete = wanted.every((text, type) => truthOf(held.get(`${tag}/${type}`), text) === 'same')
  return { claims, complete, struck: put.struck > 0 }
}

/** `sectag apply`, as it is. */
export function bySectag(desk: Desk): Tool {
  const files = ['--ca', names[0], '--cert', names[1], '--key', names[2]]
  return async (path) => (await desk.run(['apply', '--port', path, '--tag', String(tag), ...files])).exit === 0
}

/** Three writes of the unmodified nrfcredstore; a script around it would stop at the first that fails. */
export function byNrfcredstore(program: string, folder: string): Tool {
  const python = join(dirname(program), 'python3')
  return async (path) => {
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
}

/** One that never comes to an end has failed too. */
async function succeeds(tools: Spawned, argv: readonly string[]): Promise<boolean> {
  const after = tools.out().length
  tools.say(`${JSON.stringify(argv)}\n`)
  const said = tools.prints(/^\{"exit": (\d+).*\}$/m, after).then(([, exit]) => exit === '0')
  return Promise.race([said, systemClock.sleep(90_000).then(() => false)])
}
