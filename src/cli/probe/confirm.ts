import { type ProbeRun, someNrf91 } from '../../probe/index.ts'
import type { Context } from '../context.ts'
import type { Output } from '../output.ts'
import type { Typed } from '../verb.ts'

/** Asks whether a locked chip may be erased whole, as erasing is asked for on a cable; by its probe, because a locked chip tells nothing. */
export async function mayUnlock(
  context: Context,
  output: Output,
  typed: Typed,
  run: ProbeRun,
  several: boolean,
): Promise<boolean> {
  const { serial: probe, chip, tool } = run
  if (chip?.part === someNrf91)
    output.warn(
      'part-unknown',
      `Which nRF91 the chip at probe ${probe} is, ${tool} cannot tell while it is locked: if it is none that the writer is for, all is erased and nothing is programmed. \`nrfutil device device-info --serial-number ${probe}\` tells.`,
    )
  if (typed.options['yes'] === true) return true
  if (context.ask === undefined || several) return false
  output.warn(
    'confirm',
    `The chip at probe ${probe} ${chip?.access === 'closing' ? 'locks itself at its next reset' : 'is locked'}. Unlocking erases all of its flash: its application, its settings, and its UICR. What its modem holds stays.`,
  )
  const answer = await context.ask("Type the last four characters of the probe's serial number to go on: ")
  return answer?.trim() === probe.slice(-4)
}
