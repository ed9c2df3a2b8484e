import { byteText, type Outcome, ok, refused } from '../terms/index.ts'

/** What a writer of ours says of itself in its image (examples/ncs/writer). */
export interface WriterMarker {
  readonly version: number
  /** The address of the page that the table goes to. */
  readonly page: number
  /** How much flash there is from there on, bytes. */
  readonly length: number
  /** The chips it runs on. */
  readonly chip: 'nRF9160' | 'nRF91x1'
}

/** Why a marker is not believed. */
export interface MarkerProblem {
  readonly code: 'twice' | 'damaged' | 'newer'
  readonly text: string
}

const text = 'sectag-writer\n\0\0'
const size = 36
const chips: Readonly<Record<number, WriterMarker['chip']>> = { 0x9160: 'nRF9160', 0x9120: 'nRF91x1' }

/**
 * Finds the marker of a writer of ours in its image; undefined where there is none, as in the open one. A marker that may be
 * misread is a problem and no guess: the page is where a key goes.
 */
export function findMarker(image: {
  readonly spans: readonly { readonly bytes: Uint8Array }[]
}): Outcome<WriterMarker | undefined, MarkerProblem> {
  const found = image.spans.flatMap(({ bytes }) => places(bytes).map((at) => bytes.subarray(at, at + size)))
  const [marker] = found
  if (marker === undefined) return ok(undefined)
  if (found.length > 1) return problem('twice', 'more than one marker of a writer is in this image')
  if (marker.length < size) return problem('damaged', "the writer's marker is cut off")
  return read(new DataView(marker.buffer, marker.byteOffset, size))
}

/** Where the text of a marker begins. */
function places(bytes: Uint8Array): number[] {
  const all = byteText(bytes)
  const found: number[] = []
  for (let at = all.indexOf(text); at !== -1; at = all.indexOf(text, at + 1)) found.push(at)
  return found
}

function read(view: DataView): Outcome<WriterMarker, MarkerProblem> {
  const word = (index: number): number => view.getUint32(16 + 4 * index, true)
  const [versions, page, length, chip] = [word(0), word(1), word(2), word(3)] as const
  if (~(versions ^ page ^ length ^ chip) >>> 0 !== word(4)) return problem('damaged', "the writer's marker is damaged")
  const runsOn = chips[chip]
  if (versions >>> 16 !== 1 || runsOn === undefined)
    return problem('newer', "the writer's marker is of a kind that this sectag does not know")
  return ok({ version: versions & 0xffff, page, length, chip: runsOn })
}

function problem(code: MarkerProblem['code'], words: string): Outcome<never, MarkerProblem> {
  return refused({ code, text: words })
}
