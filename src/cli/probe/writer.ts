import { resolve } from 'node:path'
import { addressWords, findMarker, type FlashImage } from '../../probe/index.ts'
import type { Context } from '../context.ts'
import type { Ending, Output } from '../output.ts'
import type { Typed } from '../verb.ts'
import { readHexFile, wrongFile } from './hex-file.ts'

/** A writer's firmware, and what is known of it. */
export interface Writer {
  readonly path: string
  readonly image: FlashImage
  /** The address at which it looks for its table. */
  readonly page: number
  /** Bytes that it has for its table; no end is known of one without a marker. */
  readonly room: number
  readonly runsOn: (part: string) => boolean
  /** The page was typed, and is not the open writer's. */
  readonly pageMoved?: true
  /** The page was typed, and the image names it nowhere. */
  readonly pageDoubted?: true
}

/** The page of the open writer, fixed in its source (PROBE-02). */
const openWriterPage = 0x2_b000

/** The writer that was named: by its marker where it is one of ours, else with the open writer's page or the one that was typed. */
export function readWriter(context: Context, output: Output, { options, line }: Typed): Writer | Ending {
  const named = options['writer']
  if (typeof named !== 'string') return noWriter
  const path = resolve(context.cwd, named)
  const image = readHexFile(path, '--writer', context.cwd)
  if ('exit' in image) return image
  const typed = options['writerPage'] as number | undefined
  const marker = findMarker(image)
  if (!marker.ok) return wrongFile(`--writer: ${marker.refusal.text}`, 'build the writer again, or name another one')
  if (marker.value !== undefined) return ours(path, image, marker.value, typed)
  const page = typed ?? openWriterPage
  const writer: Writer = {
    path,
    image,
    page,
    room: Number.POSITIVE_INFINITY,
    runsOn: (part) => part === 'nRF9160',
    ...(page !== openWriterPage && { pageMoved: true }),
  }
  if (names(image, page)) return writer
  const words = `${named} nowhere holds the address ${addressWords(page)}`
  if (typed === undefined)
    return wrongFile(
      `--writer: ${words}, where the open writer looks for its table`,
      `${line} --writer-page 0xADDRESS   # if it is a writer that looks elsewhere`,
      'likely: it is another program, or a writer that was built for another page',
    )
  output.warn('writer-page', `${words}: it may be no writer, or one that looks elsewhere.`)
  return { ...writer, pageDoubted: true }
}

function ours(
  path: string,
  image: FlashImage,
  marker: { page: number; length: number; chip: 'nRF9160' | 'nRF91x1' },
  typed: number | undefined,
): Writer | Ending {
  const { page, length: room, chip } = marker
  if (typed !== undefined && typed !== page) {
    const what = `--writer-page ${addressWords(typed)}: this writer says that its page is ${addressWords(page)}`
    return wrongFile(what, 'leave --writer-page out', 'a writer of ours says in its image where it looks')
  }
  return { path, image, page, room, runsOn: (part) => (part === 'nRF9160' ? 'nRF9160' : 'nRF91x1') === chip }
}

/** Whether an image holds the address of the page or of a field in its header: a program that reads it must name it somewhere. */
function names({ spans }: FlashImage, page: number): boolean {
  const fields = [0, 4, 8, 24, 25].map((offset) => page + offset).filter((field) => field <= 0xffff_ffff)
  return spans.some(({ bytes }) => {
    const image = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    return fields.some((field) => {
      const word = Buffer.alloc(4)
      word.writeUInt32LE(field)
      return image.includes(word)
    })
  })
}

const noWriter: Ending = {
  exit: 2,
  failure: {
    what: 'no writer was named',
    state: 'no board was touched',
    why: 'without a UART, firmware on the chip gives the modem its credentials; --writer names it',
    next: 'sectag apply --help   # the C source of one is in examples/ncs/writer',
  },
}
