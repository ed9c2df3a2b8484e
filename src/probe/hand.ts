import { type Bytes, hex, ok, refused } from '../terms/index.ts'
import { program, save, verify } from './application.ts'
import { blanked, blankOld } from './blank.ts'
import type { ProbeHand } from './carry-out.ts'
import { isBlank, nrf91Uicr, stretchOf, within } from './flash.ts'
import { type Done, type HandOrder, plain } from './hand-order.ts'
import { writeHex } from './hex.ts'
import { headerBytes, readHeader } from './table.ts'
import type { Found, ProbeRun, ProbeStep } from './run.ts'
import type { Chip, Probe, Stretch } from './tool.ts'

/** Milliseconds to the next look at the result: most writers are done in a few seconds, and each look is a call of a tool. */
function pauseAfter(waited: number): number {
  return waited < 5000 ? 500 : 2000
}

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
  const begun = clock.now()
  for (;;) {
    const read = await probe.read({ from: run.page, to: run.page + headerBytes })
    if (!read.ok) return read
    const header = readHeader(read.value)
    const imei = header?.imei
    if (header?.result !== undefined) return ok({ answer: header.result, ...(imei !== undefined && { imei }) })
    const waited = clock.now() - begun
    if (waited >= patience)
      return refused({ kind: 'never-answered', afterMs: patience, ...(imei !== undefined && { imei }) })
    await clock.sleep(pauseAfter(waited))
  }
}
