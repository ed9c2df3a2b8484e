import { rewritable, type Told } from '../account.ts'
import { diagnoseMember, hear } from '../hear.ts'
import { type Member, storyTag } from '../member.ts'
import type { Stage } from '../stage.ts'
import { tellAct, tellDiagnosis } from '../tell.ts'

/** How boards are looked into: in the field from afar, or on the bench, where the cable is still there. */
interface Inquiry {
  readonly act: string
  readonly byCable: boolean
  so(cause: string): string
}

/** After months: by their logs, lights and short messages. */
export const inTheField: Inquiry = {
  act: 'Their logs and lights are looked at, and they are asked by SMS. What happened?',
  byCable: false,
  so: (cause) =>
    rewritable.has(cause)
      ? 'its credentials are written again'
      : 'its credentials are left alone: writing them would not help',
}

/** Straight after they were written. */
export const onTheBench: Inquiry = {
  act: 'They were written, and the broker saw nobody. Why?',
  byCable: true,
  so: () => 'it does not leave the bench',
}

/** Hears every silent board and lets the doctor say why. */
export async function explainAll(
  stage: Stage,
  silent: readonly Member[],
  since: number,
  inquiry: Inquiry,
): Promise<Map<Member, Told>> {
  const [first] = silent
  const name = first?.name ?? ''
  const line = `sectag doctor ${name}.log ${name}.sms ${name}.broker.jsonl --tag ${storyTag}`
  tellAct(stage, 'explain', inquiry.act, first === undefined ? '' : line)
  const told = new Map<Member, Told>(stage.members.map((member) => [member, { rewritten: false, provenAgain: false }]))
  for (const member of silent) {
    stage.context.signal.throwIfAborted()
    const heard = await hear(stage, member, since, inquiry.byCable)
    const diagnosed = await diagnoseMember(stage, member, heard)
    tellDiagnosis(stage, member, heard, diagnosed, inquiry.so(diagnosed.cause))
    told.set(member, { cause: diagnosed.cause, rewritten: false, provenAgain: false })
  }
  return told
}
