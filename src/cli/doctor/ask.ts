import { type Inquiry, nextInquiry, type Read, readAnswer, verdictOf } from '../../doctor/index.ts'
import type { Context } from '../context.ts'
import type { Output } from '../output.ts'

/** Asks as long as an answer would change the verdict; what was answered is evidence like any other. */
export async function inquire(context: Context, output: Output, heard: readonly Read[]): Promise<Read[]> {
  const answers: Read[] = []
  const asked = new Set<string>()
  for (;;) {
    const inquiry = nextInquiry([...heard, ...answers], asked)
    if (inquiry === undefined) return answers
    asked.add(inquiry.id)
    const answer = await answerTo(inquiry, context, output)
    // Ctrl-C, or `q`: the verdict on what was said so far.
    if (answer === undefined) return answers
    const chosen = inquiry.answers[answer - 1]
    output.event('asked', {
      id: inquiry.id,
      words: inquiry.words,
      ...(chosen !== undefined && { answer: chosen.words }),
    })
    if (chosen === undefined || chosen.says === '') continue
    answers.push(readAnswer(inquiry, chosen))
    tellLeader(output, [...heard, ...answers])
  }
}

/** The number of an answer, 0 where somebody does not know; undefined where no more is wanted. What is no answer is asked again. */
async function answerTo(inquiry: Inquiry, context: Context, output: Output): Promise<number | undefined> {
  for (;;) {
    const typed = (await context.ask?.(words(inquiry)))?.trim()
    if (typed === undefined || /^q/i.test(typed)) return undefined
    if (typed === '') return 0
    if (/^\d{1,3}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= inquiry.answers.length) return Number(typed)
    output.say(`that is none of 1 to ${inquiry.answers.length}`)
  }
}

function words({ words: question, answers }: Inquiry): string {
  const rows = answers.map((answer, index) => `  ${index + 1}  ${answer.words}`)
  return `${question}\n${rows.join('\n')}\n  (a number; nothing if you do not know; q to end) > `
}

function tellLeader(output: Output, reads: readonly Read[]): void {
  const [leader] = verdictOf(reads).causes
  if (leader !== undefined) output.say(output.look('dim', `so far: ${leader.cause}`))
}
