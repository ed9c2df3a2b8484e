import { notRun, type ProbeRun, type ProbeStep, someNrf91, type StepRefusal, wordText } from '../../probe/index.ts'
import type { Output } from '../output.ts'
import { stretchWords } from './board-state.ts'
import { refusalParts } from './refusals.ts'

/** Hears of each step when it is over. */
export type TellStep = (step: ProbeStep, run: ProbeRun, refusal: StepRefusal | undefined) => void

/** Tells the steps of a board; where there are several, each line begins with the probe. */
export function stepTeller(output: Output, several: boolean): TellStep {
  return (step, run, refusal) => {
    // Of one board the failure is told in full at the end.
    const undone = refusal !== undefined && (several ? refusalParts(refusal).what : 'not done')
    const words = undone === false ? doneWords(step, run) : undone
    const problem = refusal === undefined ? {} : { problem: { ...refusal } }
    const head = several ? `${run.serial}  ` : ''
    output.event(
      'probe-step',
      { probe: run.serial, step, ok: refusal === undefined, ...problem },
      `${head}${step.padEnd(9)}  ${words}`,
    )
  }
}

/** A table holds credentials, and most often a private key: whoever has the board is told that one lay there. */
function blankedWords({ debts, foundTables, untouched }: ProbeRun): string {
  if (foundTables !== undefined)
    return `credentials lay in flash that no journal here tells of, at ${foundTables.map(stretchWords).join(' and ')}: they are blank now`
  if (untouched === true) return 'the earlier run had not changed anything on the chip'
  return debts.length > 0 ? 'what an earlier run had left is blank now' : 'no credentials of an earlier run are left'
}

function accessWords({ chip }: ProbeRun): string {
  if (chip?.part === someNrf91) return `${chip.access}; which nRF91 it is, it does not tell through this tool`
  return chip?.access === 'closing' ? 'open until its next reset' : (chip?.access ?? '')
}

function programmedWords(run: ProbeRun): string {
  if (run.saved === 'nothing') return 'the writer is erased'
  const kept = run.application === 'saved' && run.taken === true ? ' that an earlier run had kept' : ''
  return `the application${kept} is in flash`
}

function doneWords(step: ProbeStep, run: ProbeRun): string {
  switch (step) {
    case 'identify':
      return `${run.chip?.part}, ${accessWords(run)}`
    case 'unlock':
      return 'all that was on the chip is erased'
    case 'blank-old':
      return blankedWords(run)
    case 'save':
      return run.saved === 'nothing' ? 'the chip is blank' : 'the application that is there is kept'
    case 'try':
      return 'the writer, with nothing to write, leaves the debug port open'
    case 'write':
      return 'the writer and the credentials are in flash'
    case 'run':
      return 'the writer was started'
    case 'answer':
      return `the writer answers ${run.answer === 0 ? 0 : wordText(run.answer ?? notRun)}${run.imei === undefined ? '' : `; IMEI ${run.imei}`}`
    case 'blank':
      return 'the pages that held the credentials read back blank'
    case 'program':
      return programmedWords(run)
    case 'verify':
      return 'it reads back as it should'
    case 'start':
      return 'it was started'
  }
}
