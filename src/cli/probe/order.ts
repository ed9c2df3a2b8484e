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
import type { Ending, Output } from '../output.ts'
import type { Typed } from '../verb.ts'
import type { ListedBoard } from './boards-file.ts'
import { chooseTool, unlockWithout } from './choose-tool.ts'
import { readHexFile, wrongFile } from './hex-file.ts'
import { readListed } from './listed.ts'
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
