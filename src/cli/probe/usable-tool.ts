import type { ProbeHand, ProbeTool } from '../../probe/index.ts'
import { refused } from '../../terms/index.ts'

/**
 * A hand that looks twice when a tool fails at the first step: what cannot even list the probes is no probe tool, whatever its
 * file is called. `nrfutil` is such a file until its `device` command is installed.
 */
export function withUsableTool(hand: ProbeHand, tool: () => ProbeTool | undefined): ProbeHand {
  return async (step, run) => {
    const outcome = await hand(step, run)
    if (step !== 'identify' || outcome.ok || outcome.refusal.kind !== 'failed') return outcome
    const listed = await tool()?.probes()
    if (listed === undefined || listed.ok || listed.refusal.kind !== 'failed') return outcome
    return refused({ ...listed.refusal, kind: 'unusable' })
  }
}
