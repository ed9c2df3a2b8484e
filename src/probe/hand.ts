import { type Bytes, type Clock, hex, type Outcome, ok, refused } from '../terms/index.ts'
import type { ProbeHand } from './carry-out.ts'
import {
  endOf,
  type FlashImage,
  flashOf,
  imageOf,
  isBlank,
  nrf91Uicr,
  pagesOf,
  type Span,
  stretchOf,
  within,
  withoutStretches,
} from './flash.ts'
import { readHex, writeHex } from './hex.ts'
import { headerBytes, type Laid, readHeader, type TableHeader, tablesIn } from './layout.ts'
import type { Debt, Found, ProbeRun, ProbeStep, StepRefusal } from './run.ts'
import type { Chip, Probe, Stretch, ToolRefusal } from './tool.ts'

/** Where the files of a run are: what is secret only ever in a folder that does not stay. */
export interface RunFiles {
  /** Puts a text into the private folder, and gives its path. */
  putPrivate(name: string, text: string): string
  /** Overwrites a private file and removes it. */
  wipe(path: string): void
  /** Keeps what was on the chip, until it is there again. */
  keep(text: string): string
  /** Reads what was kept, by this run or by one before it. */
  kept(path: string): string
}

/** What a run is carried out with. */
export interface HandOrder {
  readonly probe: Probe
  readonly clock: Clock
  readonly files: RunFiles
  /** The writer with its table: the only place beside the private file where the credentials are. */
  readonly laid: Laid
  readonly writer: FlashImage
  /** Whether the writer runs on this part. */
  readonly runsOn: (part: string) => boolean
  /** The application that was named. */
  readonly application?: FlashImage
  /** How long the writer may take, milliseconds. */
  readonly patience: number
  /** Hears what an earlier writer has left in the header of its table, before that is blanked. */
  readonly owed?: (debt: Debt, header: TableHeader) => void
}

type Done = Promise<Outcome<Found, StepRefusal>>

/** Milliseconds between looks at the result. */
const pause = 500

/** The chip's own number: FICR INFO.DEVICEID of an nRF91 (PROBE-50). */
const deviceId: Stretch = { from: 0x00ff_0204, to: 0x00ff_020c }

/** The hand that reaches a chip through a probe. What was read of its flash stays in memory between two steps. */
export function probeHand(order: HandOrder): ProbeHand {
  let flash: Bytes | undefined
  const steps: Record<ProbeStep, (run: ProbeRun) => Done> = {
    identify: (run) => identify(order, run),
    unlock: (run) => unlock(order, run),
    'blank-old': async (run) => {
      const looked = await blankOld(order, run)
      if (!looked.ok) return looked
      flash = looked.value
      return ok({})
    },
    save: (run) => Promise.resolve(save(order, run, flash ?? new Uint8Array())),
    write: () => write(order),
    run: () => plain(order.probe.reset()),
    answer: (run) => answer(order, run),
    blank: (run) => blanked(order.probe, run.secret),
    program: (run) => program(order, run),
    verify: (run) => verify(order, run),
    start: () => plain(order.probe.reset()),
  }
  return (step, run) => steps[step](run)
}

async function plain(done: Promise<Outcome<void, ToolRefusal>>): Done {
  const outcome = await done
  return outcome.ok ? ok({}) : outcome
}

async function identify(order: HandOrder, run: ProbeRun): Done {
  const found = await order.probe.identify()
  if (!found.ok) return found
  const chip = found.value
  if (!order.runsOn(chip.part)) return refused({ kind: 'wrong-part', part: chip.part })
  const outside = outsideOf(order, chip)
  if (outside !== undefined) return refused({ kind: 'beyond-flash', at: outside })
  if (chip.access === 'open') return ok({ chip, ...(await chipIdOf(order.probe)) })
  return run.unlock ? ok({ chip }) : refused({ kind: 'still-locked' })
}

function outsideOf({ laid, application }: HandOrder, chip: Chip): Stretch | undefined {
  const spans = [...laid.image.spans, ...(application?.spans ?? [])].map(stretchOf)
  return spans.find((stretch) => !within(stretch, chip.flash) && !within(stretch, nrf91Uicr))
}

/** A chip that does not tell its number is known by its probe only. */
async function chipIdOf(probe: Probe): Promise<Found> {
  const read = await probe.read(deviceId)
  return read.ok && !isBlank(read.value) ? { chipId: hex(read.value) } : {}
}

async function unlock(order: HandOrder, run: ProbeRun): Done {
  const recovered = await order.probe.recover()
  return recovered.ok ? identify(order, run) : recovered
}

/** Blanks what earlier runs have left, by their journals first and then wherever a table lies; returns the flash without it. */
async function blankOld({ probe, owed }: HandOrder, run: ProbeRun): Promise<Outcome<Bytes, StepRefusal>> {
  const chip = chipOf(run)
  for (const debt of run.debts) {
    const { page, secret } = debt
    const left = await probe.read({ from: page, to: page + headerBytes })
    if (!left.ok) return left
    const header = readHeader(left.value)
    if (header !== undefined) owed?.(debt, header)
    const gone = await blanked(probe, secret)
    if (!gone.ok) return gone
  }
  const read = await probe.read(chip.flash)
  if (!read.ok) return read
  const flash = read.value
  for (const stretch of tablesIn(flash, chip)) {
    const gone = await blanked(probe, stretch)
    if (!gone.ok) return gone
    flash.fill(0xff, stretch.from - chip.flash.from, stretch.to - chip.flash.from)
  }
  return ok(flash)
}

/** Erases a stretch and believes it when it has been read. */
async function blanked(probe: Probe, stretch: Stretch): Done {
  const erased = await probe.erase(stretch)
  if (!erased.ok) return erased
  const read = await probe.read(stretch)
  if (!read.ok) return read
  return isBlank(read.value) ? ok({}) : refused({ kind: 'not-blank', at: stretch })
}

/** Keeps what the writer and its table will take the place of. */
function save({ laid, writer, files }: HandOrder, run: ProbeRun, flash: Bytes): Outcome<Found, StepRefusal> {
  const chip = chipOf(run)
  if (isBlank(flash)) return ok({ saved: 'nothing' })
  const there = imageOf([{ at: chip.flash.from, bytes: flash }])
  if (run.taken === true || holds(there, writer)) return refused({ kind: 'no-application' })
  const pages = pagesOf(laid.image, chip.pageBytes)
  const spans = pages.map((stretch): Span => ({ at: stretch.from, bytes: flashOf(there, stretch) }))
  return ok({ saved: { file: files.keep(writeHex(withoutBlank(spans, chip.pageBytes))), pages } })
}

function withoutBlank(spans: readonly Span[], pageBytes: number): FlashImage {
  const pages = spans.flatMap(({ at, bytes }) =>
    Array.from({ length: Math.ceil(bytes.length / pageBytes) }, (_, index): Span => {
      const from = index * pageBytes
      return { at: at + from, bytes: bytes.slice(from, from + pageBytes) }
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

/** The one moment at which credentials are in a file. */
async function write({ probe, files, laid }: HandOrder): Done {
  const file = files.putPrivate('image.hex', writeHex(laid.image))
  try {
    return await plain(probe.program(file))
  } finally {
    files.wipe(file)
  }
}

/** Looks at the table's header, in which nothing is secret, until there is a result. */
async function answer({ probe, clock, patience }: HandOrder, run: ProbeRun): Done {
  const until = clock.now() + patience
  for (;;) {
    const read = await probe.read({ from: run.page, to: run.page + headerBytes })
    if (!read.ok) return read
    const header = readHeader(read.value)
    const imei = header?.imei
    if (header?.result !== undefined) return ok({ answer: header.result, ...(imei !== undefined && { imei }) })
    if (clock.now() >= until)
      return refused({ kind: 'never-answered', afterMs: patience, ...(imei !== undefined && { imei }) })
    await clock.sleep(pause)
  }
}

/** Takes the writer away and puts the application there; pages that neither of them touches stay as they are. */
async function program(order: HandOrder, run: ProbeRun): Done {
  const chip = chipOf(run)
  const application = applicationOf(order, run)
  if (application === undefined) return refused({ kind: 'no-application' })
  const replaced = pagesOf(application, chip.pageBytes)
  for (const stretch of withoutStretches(pagesOf(order.writer, chip.pageBytes), replaced)) {
    const erased = await order.probe.erase(stretch)
    if (!erased.ok) return erased
  }
  if (application.spans.length === 0) return ok({})
  const file = order.files.putPrivate('application.hex', writeHex(application))
  try {
    return await plain(order.probe.program(file))
  } finally {
    order.files.wipe(file)
  }
}

function applicationOf({ application, files }: HandOrder, { saved }: ProbeRun): FlashImage | undefined {
  if (application !== undefined) return application
  if (saved === 'nothing') return imageOf([])
  if (typeof saved !== 'object') return undefined
  const read = readHex(files.kept(saved.file))
  return read.ok ? read.value : undefined
}

/** Reads the application back, where flash is; a saved one with the erased pages around it. */
async function verify(order: HandOrder, run: ProbeRun): Done {
  const chip = chipOf(run)
  const application = applicationOf(order, run)
  if (application === undefined) return refused({ kind: 'no-application' })
  const inFlash = imageOf(application.spans.filter((span) => within(stretchOf(span), chip.flash)))
  const [first, last] = [inFlash.spans[0], inFlash.spans.at(-1)]
  if (first === undefined || last === undefined) return ok({})
  const read = await order.probe.read({ from: first.at, to: endOf(last) })
  if (!read.ok) return read
  const at = firstDifference(imageOf([{ at: first.at, bytes: read.value }]), inFlash)
  return at === undefined ? ok({}) : refused({ kind: 'reads-otherwise', at })
}

function chipOf({ chip }: ProbeRun): Chip {
  if (chip === undefined) throw new Error('a step was begun before the chip was identified')
  return chip
}
