import { resolve } from 'node:path'
import { Channel, type Dialect, type Tap } from '../at/index.ts'
import { readImei } from '../modem/index.ts'
import { modeName } from '../numbers/index.ts'
import type { SerialOptions } from '../port/index.ts'
import { isoTime, type Refusal, slotName } from '../terms/index.ts'
import { interruptedBefore } from './interrupted.ts'
import type { Context } from './context.ts'
import { likelyReason, portFailure, refusalExit, refusalWords } from './failure.ts'
import { existingHome, type Home, homePath } from './home/home.ts'
import { Journal, type OpenRun } from './home/journal.ts'
import { KnownBoard } from './home/known.ts'
import type { Ending, Output } from './output.ts'
import { transcriptFile } from './transcript-file.ts'

/** The options of every verb that talks to a board. */
export interface BoardOptions {
  readonly port: string
  /** `--port` and its companions as they would be typed again, for the next command. */
  readonly at: string
  readonly serial: SerialOptions
  /** How to speak to it; found out unless given. */
  readonly dialect?: Dialect
  readonly transcript?: string
  /** Hears the dialogue, secrets struck out; where it is not for a file. */
  readonly tap?: Tap
  readonly home?: string
  /** The verb only looks: a Ctrl-C ends it at once. Others must give the board back first. */
  readonly looking?: true
  /** The verb is the one that ends an open run. */
  readonly ending?: true
}

/** A board that answers, and what an earlier run may have left. */
export interface Board {
  readonly channel: Channel
  readonly imei: string
  readonly openRun: OpenRun | undefined
  /** Where its journals are; undefined where there is no home yet. */
  readonly home: Home | undefined
  /** What is known of it now; undefined where there is no home yet. */
  known(): KnownBoard | undefined
}

/** Opens a port, gains the board's attention without changing it, and hands it to the work; closes it whatever happens. */
export async function withBoard(
  context: Context,
  output: Output,
  options: BoardOptions,
  work: (board: Board) => Promise<Ending>,
): Promise<Ending> {
  const recorder =
    options.transcript === undefined ? undefined : transcriptFile(resolve(context.cwd, options.transcript), output)
  if (recorder !== undefined && 'exit' in recorder) return recorder
  const opened = await context.openPort(options.port, options.serial)
  if (!opened.ok) {
    recorder?.close()
    return { exit: opened.refusal.code === 'unknown-address' ? 2 : 3, failure: portFailure(opened.refusal) }
  }
  const channel = new Channel(opened.value, {
    clock: context.clock,
    ...(options.dialect !== undefined && { dialect: options.dialect }),
    ...(options.tap !== undefined && { tap: options.tap }),
    ...(recorder !== undefined && { tap: recorder.tap }),
    ...(options.looking === true && { signal: context.signal }),
  })
  try {
    const board = await meet(context, output, options, channel)
    return 'exit' in board ? board : await work(board)
  } finally {
    await channel.close()
    recorder?.close()
  }
}

/** Gains attention without changing anything, and says what an earlier run may have left. */
export async function meet(
  context: Context,
  output: Output,
  options: BoardOptions,
  channel: Channel,
): Promise<Board | Ending> {
  const began = context.clock.now()
  const attention = await channel.attention()
  if (!attention.ok) return nobody(context, options, attention.refusal, context.clock.now() - began)
  const imei = await readImei(channel)
  if (!imei.ok) return nobody(context, options, imei.refusal, context.clock.now() - began)
  const home = existingHome(homePath(options.home, context.env, context.cwd))
  const journal = home === undefined ? undefined : new Journal(home, imei.value, context.clock.now)
  const openRun = journal?.open()
  const damaged = journal?.damaged()
  if (attention.value.torn) tellTorn(output, openRun)
  if (damaged !== undefined)
    output.warn('journal-damaged', `${damaged} is damaged; what an earlier run left may be more than is told here.`)
  if (openRun !== undefined) tellOpenRun(output, openRun, options)
  const known = (): KnownBoard | undefined => (home === undefined ? undefined : new KnownBoard(home, imei.value))
  return { channel, imei: imei.value, openRun, known, home }
}

function tellTorn(output: Output, openRun: OpenRun | undefined): void {
  const words =
    openRun?.suspect === undefined
      ? "The board's AT host seems to have been waiting for the rest of a command, of which no journal of ours knows; that was discarded, not carried out."
      : `The board's AT host was waiting for the rest of a command for ${slotName(openRun.suspect)}; that was discarded, not carried out.`
  output.warn('torn', words)
}

/** @param tried milliseconds: one question is answered in a second or not, and more than one was asked */
function nobody({ signal }: Context, options: BoardOptions, refusal: Refusal, tried: number): Ending {
  const { port, at, dialect } = options
  if (refusal.kind === 'aborted') return interruptedBefore(at, signal)
  const times = refusal.kind === 'silence' ? `, asked again for ${Math.round(tried / 1000)} s` : ''
  const refuses = refusalExit(refusal) === 4
  const who = refuses ? `what answers at ${port} says no to the first questions` : `nobody answers at ${port}`
  const other = dialect === undefined || isNumbered(refusal) ? undefined : dialect
  return {
    exit: refuses ? 4 : 3,
    refusal,
    failure: {
      what: `${who}: ${refusalWords(refusal)}${times}`,
      state: 'nothing was changed on the board',
      why: whyNobody(refusal, other),
      next:
        other === undefined ? 'sectag ports' : `sectag info ${unnamed(at, other)}   # finds out how it is spoken to`,
    },
  }
}

/** Who answers with a number was understood. */
function isNumbered({ kind }: Refusal): boolean {
  return kind === 'cme' || kind === 'cms'
}

/** Even without error numbers every AT host knows the very first questions. */
function whyNobody(refusal: Refusal, named: Dialect | undefined): string {
  const unfit = `--dialect ${named} does not fit what is there`
  if (refusal.kind === 'error')
    return `likely: ${named === undefined ? 'no AT host of an nRF91 modem is there' : unfit}`
  return named === undefined ? likelyReason(refusal) : `${likelyReason(refusal)}; or ${unfit}`
}

/** `--port` and its companions without the dialect. */
function unnamed(at: string, dialect: Dialect): string {
  return at.replace(` --dialect ${dialect}`, '')
}

function tellOpenRun(output: Output, open: OpenRun, options: BoardOptions): void {
  const more = {
    run: open.run.id,
    verb: open.verb,
    suspect: open.suspect,
    givenBack: open.givenBack,
    functionalMode: open.found.functionalMode,
  }
  output.warn(
    'open-run',
    `${openRunWords(open)} ${options.ending === true ? 'This ends it.' : `To end it: sectag resume ${options.at}`}`,
    more,
  )
}

function openRunWords(open: OpenRun): string {
  const done = open.run.steps.filter((step) => step.status === 'done').length
  const steps = `${done} of its ${open.run.steps.length} steps are done`
  const suspect = open.suspect === undefined ? '' : `; ${slotName(open.suspect)} is in doubt`
  const radio = open.givenBack
    ? 'the modem was given back as found'
    : `the radio may have been left off by us; before, CFUN was ${modeName(open.found.functionalMode)}`
  return `An earlier ${open.verb} of ${isoTime(open.at)} was cut: ${steps}${suspect}; ${radio}.`
}
