import { resolve } from 'node:path'
import {
  addressWords,
  type FlashImage,
  isWriter,
  locksPort,
  nrf91Flash,
  nrf91Uicr,
  startsAtReset,
  type ToolName,
  within,
} from '../../probe/index.ts'
import type { Context } from '../context.ts'
import { jobFlags, readJobOptions } from '../options.ts'
import type { Ending, Output } from '../output.ts'
import type { Typed } from '../verb.ts'
import { readText } from '../read-file.ts'
import { type ListedBoard, readBoards } from './boards-file.ts'
import { chooseTool, noProbe, unlockWithout } from './choose-tool.ts'
import { readHexFile, wrongFile } from './hex-file.ts'
import { readWriter, type Writer } from './writer.ts'

/** Everything that was typed of boards that are reached by way of probes. */
export interface ProbeOrder {
  readonly boards: readonly ListedBoard[]
  readonly writer: Writer
  /** What is programmed afterwards; what was there where it is undefined. */
  readonly application: { readonly path: string; readonly image: FlashImage } | undefined
  readonly tool: ToolName
  /** All tools that there are. */
  readonly tools: readonly ToolName[]
  readonly unlock: boolean
}

/** Reads it, or says what is wrong before anything is touched. */
export function readProbeOrder(context: Context, output: Output, typed: Typed): ProbeOrder | Ending {
  const boards = readListed(context, typed)
  if ('exit' in boards) return boards
  const writer = readWriter(context, output, typed)
  if ('exit' in writer) return writer
  const application = readApplication(context, output, typed, writer)
  if (application !== undefined && 'exit' in application) return application
  const unlock = typed.options['unlock'] === true
  const chosen = chooseTool(context, output, typed, unlock)
  if ('exit' in chosen) return chosen
  if (unlock && application === undefined) return unlockWithout(typed)
  return { boards, writer, application, ...chosen, unlock }
}

function readListed(context: Context, typed: Typed): readonly ListedBoard[] | Ending {
  const probes = (typed.options['probe'] as readonly string[] | undefined) ?? []
  const list = typed.options['boards'] as string | undefined
  if (list !== undefined) return fromList(context, typed, list, probes)
  if (probes.length === 0) return noProbe(context)
  const twice = probes.find((probe, at) => probes.indexOf(probe) !== at)
  if (twice !== undefined)
    return wrongFile(`--probe: ${twice} is named twice`, 'name each probe once', 'one run a probe')
  const job = readJobOptions(context, typed, 'apply')
  return 'exit' in job ? job : probes.map((probe) => ({ probe, job }))
}

function fromList(
  context: Context,
  typed: Typed,
  list: string,
  probes: readonly string[],
): readonly ListedBoard[] | Ending {
  const others = [...jobFlags(typed), ...typed.args.map(() => 'a manifest'), ...probes.slice(0, 1).map(() => '--probe')]
  if (others.length > 0)
    return wrongFile(
      `both --boards and other words say which boards are to hold what: ${others.join(', ')}`,
      'leave --boards or the others out; a file for every board stands in a column of the list',
      'a list says for each board all that it is to hold',
    )
  const path = resolve(context.cwd, list)
  const text = readText(path, '--boards')
  if (typeof text !== 'string') return text
  const boards = readBoards(text, path)
  return typeof boards === 'string' ? wrongFile(`--boards: ${list}: ${boards}`, mendWords(list, boards)) : boards
}

function mendWords(list: string, problem: string): string {
  const line = /^line \d+/.exec(problem)?.[0]
  return `mend ${line === undefined ? '' : `${line} of `}${list}`
}

/** The application that was named: where it must lie, that a chip would start it, and that it is none of the writers. */
function readApplication(
  context: Context,
  output: Output,
  { options }: Typed,
  writer: Writer,
): ProbeOrder['application'] | Ending {
  const named = options['programApp']
  if (typeof named !== 'string') return undefined
  const path = resolve(context.cwd, named)
  const image = readHexFile(path, '--program-app', context.cwd)
  if ('exit' in image) return image
  if (isWriter(image, writer.image))
    return wrongFile(
      `--program-app: ${named} is a writer, and no application`,
      'name the application, or leave --program-app out to put back what is on the chip',
      'a board that was left with its writer would be no use to anybody',
    )
  const stretches = image.spans.map(({ at, bytes }) => ({ from: at, to: at + bytes.length }))
  const outside = stretches.find((one) => !within(one, nrf91Flash.flash) && !within(one, nrf91Uicr))
  if (outside !== undefined)
    return wrongFile(
      `--program-app: ${named} goes on to ${addressWords(outside.to)}, and the flash of an nRF91 ends at ${addressWords(nrf91Flash.flash.to)}`,
      'name the image for the application core of an nRF91',
      'it is for another chip, or holds more than the application',
    )
  if (startsAtReset(image)) {
    if (locksPort(image)) output.warn('locks-port', lockWords(named))
    return { path, image }
  }
  return wrongFile(
    `--program-app: ${named} does not begin at address 0, so a chip would not start it`,
    'name the merged image, with its bootloader: merged.hex',
    'likely: it is an update image, for a bootloader that is there already',
  )
}

function lockWords(named: string): string {
  return `--program-app: ${named} sets UICR.APPROTECT: from its first start on the debug port is locked, and the next command on such a board needs --unlock, which erases all that is on the chip.`
}
