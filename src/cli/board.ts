import { closeSync, openSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Channel, formatEntry, type Tap } from '../at/index.ts'
import { readImei } from '../modem/index.ts'
import { modeName } from '../numbers/index.ts'
import type { SerialOptions } from '../port/index.ts'
import { isoTime, slotName } from '../terms/index.ts'
import type { Context } from './context.ts'
import { likelyReason, portFailure, refusalExit, refusalWords } from './failure.ts'
import { existingHome, homePath } from './home/home.ts'
import { Journal, type OpenRun } from './home/journal.ts'
import type { Ending, Output } from './output.ts'

/** The options of every verb that talks to a board. */
export interface BoardOptions {
  readonly port: string
  readonly serial: SerialOptions
  readonly transcript?: string
  readonly home?: string
}

/** A board that answers, and what an earlier run may have left. */
export interface Board {
  readonly channel: Channel
  readonly imei: string
  readonly openRun: OpenRun | undefined
}

/** Opens a port, gains the board's attention without changing it, and hands it to the work; closes it whatever happens. */
export async function withBoard(
  context: Context,
  output: Output,
  options: BoardOptions,
  work: (board: Board) => Promise<Ending>,
): Promise<Ending> {
  const recorder = options.transcript === undefined ? undefined : recordTo(resolve(context.cwd, options.transcript))
  if (recorder !== undefined && 'exit' in recorder) return recorder
  const opened = await context.openPort(options.port, options.serial)
  if (!opened.ok) {
    recorder?.close()
    return { exit: opened.refusal.code === 'unknown-address' ? 2 : 3, failure: portFailure(opened.refusal) }
  }
  const channel = new Channel(opened.value, {
    clock: context.clock,
    ...(recorder !== undefined && { tap: recorder.tap }),
  })
  try {
    const board = await meet(context, output, options, channel)
    return 'exit' in board ? board : await work(board)
  } finally {
    await channel.close()
    recorder?.close()
  }
}

function recordTo(path: string): { tap: Tap; close: () => void } | Ending {
  try {
    const handle = openSync(path, 'a', 0o600)
    return { tap: (entry) => writeFileSync(handle, `${formatEntry(entry)}\n`), close: () => closeSync(handle) }
  } catch (error) {
    return unwritable(path, error)
  }
}

/** A file that was to be written and cannot be. */
export function unwritable(path: string, error: unknown): Ending {
  const text = error instanceof Error ? error.message : String(error)
  const failure = {
    what: `${path} cannot be written: ${text}`,
    state: 'no board was touched',
    why: 'its folder does not exist, or may not be written to',
    next: 'name a file in a folder that exists',
  }
  return { exit: 2, failure }
}

/** Gains attention without changing anything, and says what an earlier run may have left. */
export async function meet(
  context: Context,
  output: Output,
  options: BoardOptions,
  channel: Channel,
): Promise<Board | Ending> {
  const attention = await channel.attention()
  if (!attention.ok) return nobody(options.port, attention.refusal)
  const imei = await readImei(channel)
  if (!imei.ok) return nobody(options.port, imei.refusal)
  const openRun = openRunOf(context, options, imei.value)
  if (attention.value.torn) {
    tellTorn(output, openRun)
  }
  if (openRun !== undefined) tellOpenRun(output, openRun)
  return { channel, imei: imei.value, openRun }
}

function tellTorn(output: Output, openRun: OpenRun | undefined): void {
  const words =
    openRun?.suspect === undefined
      ? "The board's AT host seems to have been waiting for the rest of a command, of which no journal of ours knows; that was discarded, not carried out."
      : `The board's AT host was waiting for the rest of a command for ${slotName(openRun.suspect)}; that was discarded, not carried out.`
  output.warn('torn', words)
}

function nobody(port: string, refusal: Parameters<typeof refusalWords>[0]): Ending {
  return {
    exit: refusalExit(refusal) === 4 ? 4 : 3,
    refusal,
    failure: {
      what: `nobody answers at ${port}: ${refusalWords(refusal)}`,
      state: 'nothing was changed on the board',
      why: likelyReason(refusal),
      next: 'sectag ports',
    },
  }
}

function openRunOf(context: Context, options: BoardOptions, imei: string): OpenRun | undefined {
  const home = existingHome(homePath(options.home, context.env, context.cwd))
  return home === undefined ? undefined : new Journal(home, imei, context.clock.now).open()
}

function tellOpenRun(output: Output, open: OpenRun): void {
  const suspect = open.suspect === undefined ? 'no slot is in doubt' : `${slotName(open.suspect)} is in doubt`
  const radio = open.givenBack
    ? 'the modem was given back as found'
    : `the radio may have been left off by us; before, CFUN was ${modeName(open.found.functionalMode)}`
  output.warn(
    'open-run',
    `An earlier ${open.verb} of ${isoTime(open.at)} was cut: ${suspect}; ${radio}. \`sectag resume\` ends it.`,
    {
      run: open.run.id,
      verb: open.verb,
      suspect: open.suspect,
      givenBack: open.givenBack,
      functionalMode: open.found.functionalMode,
    },
  )
}
