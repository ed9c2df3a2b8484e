import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makePty } from '../../port/index.ts'
import { cloudTag } from '../../numbers/index.ts'
import { personality, AtHost, VirtualModem } from '../../virtual/index.ts'
import type { Context } from '../context.ts'
import type { Ending, Output } from '../output.ts'
import type { Typed } from '../verb.ts'
import { makePaper } from './paper.ts'

/** One act: what is told, what is typed, and the exit code that the truth demands. */
interface Act {
  readonly tell: string
  readonly type: readonly string[]
  readonly exit: number
  /** What happens to the board first, unseen by sectag. */
  readonly before?: () => void
}

/**
 * The founding case in small: DevZone 87138. A board is provisioned, a power event empties its security tag, the loss is
 * seen, the credentials are put back and verified. The board is virtual; the PTY, the files and every command are real.
 */
export async function tellStory(context: Context, output: Output, typed: Typed): Promise<Ending> {
  const folder = mkdtempSync(join(tmpdir(), 'sectag-demo-'))
  const line = personality('2.0.2')
  if (line === undefined) throw new Error('the demo has lost its firmware')
  const board = new VirtualModem({ personality: line, clock: context.clock, seed: String(typed.options['seed']) })
  board.execute('AT+CFUN=1')
  const pty = makePty()
  void new AtHost(board, { clock: context.clock, baud: 115_200 }).serve(pty.port)
  try {
    await writePaper(folder, board.identity.imei, context)
    const files = ['--tag', String(cloudTag), '--ca', 'root.crt', '--cert', 'board.crt', '--key', 'board.key']
    const where = ['--port', pty.path]
    const acts: Act[] = [
      { tell: 'A board on a PTY. Who is it?', type: ['info', ...where], exit: 0 },
      {
        tell: 'Put a root CA, a client certificate and its key into its security tag.',
        type: ['apply', ...where, ...files],
        exit: 0,
      },
      {
        tell: 'Months later, the battery dies in a bad moment. Is everything still there?',
        before: () => board.store.lose(cloudTag),
        type: ['verify', ...where, ...files],
        exit: 5,
      },
      { tell: 'The tag is empty. Put the same credentials back.', type: ['apply', ...where, ...files], exit: 0 },
      { tell: 'Is the board as it should be now?', type: ['verify', ...where, ...files], exit: 0 },
    ]
    return await play({ context, output, typed, acts, folder, board })
  } finally {
    pty.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function writePaper(folder: string, imei: string, context: Context): Promise<void> {
  const paper = await makePaper(`nrf-${imei}`, context.clock.now())
  writeFileSync(join(folder, 'root.crt'), paper.ca)
  writeFileSync(join(folder, 'board.crt'), paper.certificate)
  writeFileSync(join(folder, 'board.key'), paper.key, { mode: 0o600 })
}

interface Play {
  readonly context: Context
  readonly output: Output
  readonly typed: Typed
  readonly acts: readonly Act[]
  readonly folder: string
  readonly board: VirtualModem
}

async function play({ context, output, typed, acts, folder, board }: Play): Promise<Ending> {
  const inside: Context = {
    ...context,
    cwd: folder,
    env: { SECTAG_HOME: join(folder, 'home') },
    ...(output.mode === 'table' ? {} : { out: () => {}, err: () => {} }),
  }
  for (const [index, act] of acts.entries()) {
    act.before?.()
    const line = `sectag ${act.type.join(' ')}`
    output.event(
      'act',
      { act: index + 1, tell: act.tell, typed: line },
      `\n${output.look('strong', act.tell)}\n${output.look('dim', `$ ${line}`)}`,
    )
    const quiet = output.mode === 'table' ? [] : ['--quiet']
    const exit = await typed.run([...act.type, ...quiet], inside)
    output.event('act-done', { act: index + 1, exit, expected: act.exit })
    if (context.signal.aborted) return { exit: 7, more: { acts: index + 1 } }
    if (exit !== act.exit) return unexpected(line, exit, act.exit)
  }
  const held = truth(board, folder)
  if (held !== 3) return unexpected('the memory of the board', held, 3)
  const words = `\n${held} slots of tag ${cloudTag} hold what the files say, verified by digest. No session at a broker was seen yet: that would be PASS.`
  output.event('story', { held, proof: 'digest', verdict: 'UNKNOWN' }, words)
  return { exit: 0, proof: 'digest', verdict: 'UNKNOWN', more: { acts: acts.length, imei: board.identity.imei } }
}

/** How many slots really hold what the files say: read from the board's memory, not from what sectag told. */
function truth(board: VirtualModem, folder: string): number {
  const files = ['root.crt', 'board.crt', 'board.key'].map((name) => readFileSync(join(folder, name)))
  return files.filter((file, type) => {
    const item = board.store.get({ tag: cloudTag, type })
    return item !== undefined && file.equals(item.content)
  }).length
}

function unexpected(typed: string, exit: number, expected: number): Ending {
  return {
    exit: 5,
    failure: {
      what: `\`${typed}\` ended with ${exit} where the truth is ${expected}`,
      state: 'the virtual board is gone; no real board was touched',
      why: 'this is a defect of ours; please report it',
      next: 'sectag demo --json',
    },
  }
}
