import { type Bytes, type Outcome, ok, refused } from '../terms/index.ts'
import {
  endOf,
  type FlashImage,
  flashOf,
  imageOf,
  isBlank,
  pagesOf,
  type Span,
  stretchOf,
  within,
  withoutStretches,
} from './flash.ts'
import { chipOf, type Done, type HandOrder, plain } from './hand-order.ts'
import { readHex, writeHex } from './hex.ts'
import { type Found, isGone, type ProbeRun, type StepRefusal } from './run.ts'
import type { Stretch } from './tool.ts'
import { uicrWords, withUicr } from './uicr.ts'

/** Keeps what the writer and its table will take the place of. */
export function save({ laid, writer, files }: HandOrder, run: ProbeRun, flash: Bytes): Outcome<Found, StepRefusal> {
  const chip = chipOf(run)
  // Erased by an earlier run that has unlocked it: a blank chip that was one before is `saved: 'nothing'` by then.
  if (isGone(run)) return refused(noApplication(run.lost))
  if (isBlank(flash)) return ok({ saved: 'nothing' })
  const there = imageOf([{ at: chip.flash.from, bytes: flash }])
  if (holds(there, writer)) return refused({ kind: 'no-application' })
  const pages = pagesOf(laid.image, chip.pageBytes)
  // A hardened lock may close over a chip that then has to be erased whole.
  const kept = pageImage(there, chip.hardened === true ? [chip.flash] : pages, chip.pageBytes)
  return ok({ saved: { file: files.keep(writeHex(kept)), pages } })
}

/** What is in some pages; blank ones are left out. */
function pageImage(image: FlashImage, stretches: readonly Stretch[], pageBytes: number): FlashImage {
  const pages = stretches.flatMap(({ from, to }) =>
    Array.from({ length: (to - from) / pageBytes }, (_, index): Span => {
      const at = from + index * pageBytes
      return { at, bytes: flashOf(image, { from: at, to: at + pageBytes }) }
    }),
  )
  return imageOf(pages.filter(({ bytes }) => !isBlank(bytes)))
}

function holds(flash: FlashImage, image: FlashImage): boolean {
  return firstDifference(flash, image) === undefined
}

/** The first address at which flash does not hold what an image says. */
function firstDifference(flash: FlashImage, image: FlashImage): number | undefined {
  for (const span of image.spans) {
    const there = flashOf(flash, stretchOf(span))
    const at = span.bytes.findIndex((byte, index) => byte !== there[index])
    if (at !== -1) return span.at + at
  }
  return undefined
}

/** Takes the writer away and puts the application there; pages that neither of them touches stay as they are. */
export async function program(order: HandOrder, run: ProbeRun): Done {
  const chip = chipOf(run)
  const application = applicationOf(order, run)
  if (application === undefined) return refused(noApplication(fileOf(run)))
  const replaced = pagesOf(application, chip.pageBytes)
  for (const stretch of withoutStretches(pagesOf(order.writer, chip.pageBytes), replaced)) {
    const erased = await order.probe.erase(stretch)
    if (!erased.ok) return erased
  }
  const words = await uicrWords(order.probe, application)
  if (!words.ok) return words
  const image = withUicr(replacedOf(application, run), words.value)
  if (image.spans.length === 0) return ok({})
  const file = order.files.putPrivate('application.hex', writeHex(image))
  try {
    return await plain(order.probe.program(file))
  } finally {
    order.files.wipe(file)
  }
}

/** Of what was there only the pages that a writer has taken the place of: the others are as they were. */
function replacedOf(application: FlashImage, run: ProbeRun): FlashImage {
  const { saved } = run
  if (run.application === 'named' || typeof saved !== 'object') return application
  return pageImage(application, saved.pages, chipOf(run).pageBytes)
}

function applicationOf({ application, files }: HandOrder, { saved }: ProbeRun): FlashImage | undefined {
  if (application !== undefined) return application
  if (saved === 'nothing') return imageOf([])
  if (typeof saved !== 'object') return undefined
  return keptImage(files.kept(saved.file))
}

/** What was kept of an application; undefined where its file is gone, or was cut. */
export function keptImage(text: string | undefined): FlashImage | undefined {
  if (text === undefined) return undefined
  const read = readHex(text)
  return read.ok ? read.value : undefined
}

function fileOf({ saved }: ProbeRun): string | undefined {
  return typeof saved === 'object' ? saved.file : undefined
}

function noApplication(lost: string | undefined): StepRefusal {
  return { kind: 'no-application', ...(lost !== undefined && { lost }) }
}

/** Reads the application back, its words for UICR too; a saved one with the erased pages around it. */
export async function verify(order: HandOrder, run: ProbeRun): Done {
  const chip = chipOf(run)
  const application = applicationOf(order, run)
  if (application === undefined) return refused(noApplication(fileOf(run)))
  const spans = replacedOf(application, run).spans.filter((span) => within(stretchOf(span), chip.flash))
  const inFlash = imageOf(spans)
  const words = await uicrWords(order.probe, application)
  if (!words.ok) return words
  const { taken, missing } = words.value
  if (taken !== undefined) return refused({ kind: 'uicr-taken', at: taken })
  if (missing[0] !== undefined) return refused({ kind: 'reads-otherwise', at: missing[0].at })
  const [first, last] = [inFlash.spans[0], inFlash.spans.at(-1)]
  if (first === undefined || last === undefined) return ok({})
  const read = await order.probe.read({ from: first.at, to: endOf(last) })
  if (!read.ok) return read
  const at = firstDifference(imageOf([{ at: first.at, bytes: read.value }]), inFlash)
  return at === undefined ? ok({}) : refused({ kind: 'reads-otherwise', at })
}
