import { type Bytes, hex, ok, refused } from '../terms/index.ts'
import { program, save, verify } from './application.ts'
import { awaitAnswer } from './await-answer.ts'
import { blanked, blankOld } from './blank.ts'
import type { ProbeHand } from './carry-out.ts'
import { footprintOf } from './footprint.ts'
import { isBlank, nrf91Uicr, stretchOf, within } from './flash.ts'
import { chipOf, type Done, type HandOrder, plain } from './hand-order.ts'
import { writeHex } from './hex.ts'
import { layTrial } from './layout.ts'
import { someNrf91 } from './part.ts'
import { lackAt, withAccess } from './port-lock.ts'
import { type Found, isGone, type ProbeRun, type ProbeStep, type StepRefusal } from './run.ts'
import type { Chip, Probe, Stretch } from './tool.ts'
import { tryWriter } from './trial.ts'
import { uicrWords } from './uicr.ts'

/** The chip's own number: FICR INFO.DEVICEID of an nRF91 (PROBE-50). */
const deviceId: Stretch = { from: 0x00ff_0204, to: 0x00ff_020c }

/** The hand that reaches a chip through a probe. What was read of its flash stays in memory between two steps. */
export function probeHand(order: HandOrder): ProbeHand {
  let flash: Bytes | undefined
  const steps: Record<ProbeStep, (run: ProbeRun) => Done> = {
    identify: (run) => identify(order, run),
    unlock: () => plain(order.probe.recover()),
    'blank-old': async (run) => {
      const looked = await blankOld(order, run)
      if (!looked.ok) return looked
      const { tables, taken, untouched } = looked.value
      flash = looked.value.flash
      const found: Found = {
        ...(taken && { taken }),
        ...(untouched && { untouched }),
        ...(tables.length > 0 && { foundTables: tables }),
      }
      leaveFootprint(order, { ...run, ...found }, flash)
      return ok(found)
    },
    save: (run) => Promise.resolve(save(order, run, flash ?? new Uint8Array())),
    try: (run) => tryWriter(order, run),
    write: () => write(order),
    run: () => plain(order.probe.reset()),
    answer: (run) => awaitAnswer(order, run),
    blank: (run) => blanked(order.probe, run.secret),
    program: (run) => program(order, run),
    verify: (run) => verify(order, run),
    start: () => plain(order.probe.reset()),
  }
  return (step, run) => steps[step](run)
}

function leaveFootprint({ footprint, laid, writer, application }: HandOrder, run: ProbeRun, flash: Bytes): void {
  const images = [laid.image, layTrial(writer, run.page), ...(application === undefined ? [] : [application])]
  const pages = typeof run.saved === 'object' ? run.saved.pages : []
  footprint?.(footprintOf(flash, chipOf(run), { images, pages, secret: run.secret, taken: isGone(run) }))
}

async function identify(order: HandOrder, run: ProbeRun): Done {
  const found = await order.probe.identify()
  if (!found.ok) return found
  const looked = await withAccess(order.probe, found.value)
  if (!looked.ok) return looked
  const chip = looked.value
  const problem = unfit(order, chip) ?? inTheWay(order, run, chip)
  if (problem !== undefined) return refused(problem)
  const taken = await takenUicr(order, chip)
  if (!taken.ok) return taken
  return ok({ chip, ...(chip.access !== 'locked' && (await chipIdOf(order.probe))) })
}

/** Why a chip is none for this order; one that does not tell its part is judged again when it is open. */
function unfit(order: HandOrder, chip: Chip): StepRefusal | undefined {
  if (chip.part !== someNrf91 && !order.runsOn(chip.part)) return { kind: 'wrong-part', part: chip.part }
  const outside = outsideOf(order, chip)
  return outside === undefined ? undefined : { kind: 'beyond-flash', at: outside }
}

/** What the application says of UICR must be there, or find room: afterwards nothing could be done about it. */
async function takenUicr({ probe, application }: HandOrder, { access }: Chip): Done {
  const words = access === 'open' ? await uicrWords(probe, application) : ok({ taken: undefined })
  if (!words.ok) return words
  const { taken } = words.value
  return taken === undefined ? ok({}) : refused({ kind: 'uicr-taken', at: taken })
}

/** What its lock has against it: a chip is unlocked only where somebody said so, and where it stays open then. */
function inTheWay({ lacks, runsOn }: HandOrder, run: ProbeRun, chip: Chip): StepRefusal | undefined {
  if (chip.access === 'open') return undefined
  const closed: StepRefusal = chip.access === 'locked' ? { kind: 'still-locked' } : { kind: 'closing' }
  if (!run.unlock || run.done.includes('unlock')) return closed
  const lack = lackAt(chip, lacks, runsOn)
  return lack === undefined ? undefined : { kind: 'lacks', cannot: lack.cannot, words: lack.why }
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

/** The one moment at which credentials are in a file. */
async function write({ probe, files, laid }: HandOrder): Done {
  const file = files.putPrivate('image.hex', writeHex(laid.image))
  try {
    return await plain(probe.program(file))
  } finally {
    files.wipe(file)
  }
}
