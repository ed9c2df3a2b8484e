import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hex } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import { ensureHome, type Home } from '../home/home.ts'
import type { Output } from '../output.ts'
import type { Typed } from '../verb.ts'
import { type BrokerFiles, startStoryBroker, type StoryBroker } from './broker.ts'
import { type Member, makeMember } from './member.ts'
import { type Said, type Sectag, sectagIn, whatOf } from './sectag.ts'

/** How a story is spoiled on purpose, to see whether it says so. */
export const sabotages = ['foreign-ca', 'broker-down', 'wrong-tag'] as const

/** One of them. */
export type Sabotage = (typeof sabotages)[number]

/** What was ordered. */
export interface StoryOptions {
  readonly boards: number
  readonly seed: string
  readonly sabotage?: Sabotage
}

/** All that a story is played with. */
export interface Stage {
  readonly context: Context
  readonly output: Output
  readonly options: StoryOptions
  readonly folder: string
  readonly home: Home
  readonly sectag: Sectag
  readonly members: readonly Member[]
  /** The broker that all boards connect to. */
  readonly broker: StoryBroker
  /** Another one, whose certificate comes from another CA, to which a board may be moved. */
  readonly elsewhere: StoryBroker
  close(): Promise<void>
}

/** The file with the passphrase of the authority: made for this story, and gone with it. */
export const passphraseFile = 'passphrase'

/** A command of the story that did not do what it should. */
export class StoryStopped extends Error {
  constructor(said: Said) {
    super(`\`${said.line}\` failed: ${whatOf(said)}`)
  }
}

/** Sets the stage: a folder, two authorities, two brokers, and boards that are switched off. */
export async function setStage(context: Context, output: Output, typed: Typed, options: StoryOptions): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'sectag-demo-'))
  const closers: (() => unknown)[] = [sweptAtTheEnd(folder)]
  // What cannot be closed must not keep the rest, the folder with its keys least of all.
  const close = async (): Promise<void> => {
    const failed: unknown[] = []
    for (const end of closers.splice(0).reverse()) await Promise.try(end).catch((error: unknown) => failed.push(error))
    if (failed.length > 0) throw failed[0]
  }
  try {
    const home = ensureHome(join(folder, 'home'))
    const sectag = sectagIn(context, typed, folder, home.path)
    writeFileSync(join(folder, passphraseFile), hex(context.random.bytes(16)), { mode: 0o600 })
    const own = await authority(sectag, folder, 'home', 'server')
    const other = await authority(sectag, folder, 'other-home', 'other-server')
    writeFileSync(join(folder, 'root.crt'), options.sabotage === 'foreign-ca' ? other.root : own.root)
    const broker = await startStoryBroker(context.clock, home, { ...own.server, clientRoots: own.root })
    closers.push(() => broker.close())
    const elsewhere = await startStoryBroker(context.clock, home, { ...other.server, clientRoots: own.root })
    closers.push(() => elsewhere.close())
    const members = Array.from({ length: options.boards }, (_, index) => {
      const member = makeMember({ index, seed: options.seed, clock: context.clock, broker })
      closers.push(() => member.close())
      return member
    })
    if (options.sabotage === 'broker-down') await broker.close()
    return { context, output, options, folder, home, sectag, members, broker, elsewhere, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Removes a folder when it is called, or else when the process ends, at a crash or a third Ctrl-C too. */
function sweptAtTheEnd(folder: string): () => void {
  const sweep = (): void => {
    process.off('exit', sweep)
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', sweep)
  return sweep
}

type Server = Pick<BrokerFiles, 'serverChain' | 'serverKey'>

/** An authority of its own, and a server's certificate from it, by the commands that anybody would type. */
async function authority(
  sectag: Sectag,
  folder: string,
  home: string,
  server: string,
): Promise<{ root: string; server: Server }> {
  const secret = ['--passphrase-file', passphraseFile, '--home', home]
  await must(sectag, ['ca', 'init', '--name', `demo ${home}`, ...secret])
  const names = ['--name', 'localhost', '--name', '127.0.0.1']
  const files = ['--new-key', `${server}.key`, '--out', `${server}.crt`]
  await must(sectag, ['ca', 'issue', '--profile', 'server', ...names, ...files, ...secret])
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  return {
    root: read(join(home, 'ca', 'root.crt')),
    server: { serverChain: read(`${server}.crt`), serverKey: read(`${server}.key`) },
  }
}

/** Runs a command that cannot fail if all is well. */
export async function must(sectag: Sectag, argv: readonly string[]): Promise<Said> {
  const said = await sectag(argv)
  if (said.exit !== 0) throw new StoryStopped(said)
  return said
}
