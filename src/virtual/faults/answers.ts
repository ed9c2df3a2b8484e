import { byteText } from '../../terms/index.ts'
import type { Reply } from '../modem.ts'
import { type Blow, type FaultMaker, linesOf, pick } from './blow.ts'

/** Notifications that a modem prints by itself, whatever it was asked (MODE-27, POW-13). */
const notifications = [
  '+CEREG: 2',
  '+CEREG: 1,"002F","0012BEEF",7',
  '%MDMEV: SEARCH STATUS 1',
  '+CGEV: ME PDN DEACT 0',
  '%XSIM: 0',
] as const

/** Faults of what a modem says: it was carried out, and the answer does not arrive as it left. */
export const answerFaults = {
  notification: {
    doc: 'a notification comes in between, before the answer or amid its lines',
    times: 3,
    strike: ({ random, answer }) =>
      edited(answer(), (text) => {
        const lines = linesOf(text)
        return lines.toSpliced(random.below(lines.length), 0, `${pick(random, notifications)}\r\n`).join('')
      }),
  },
  pauses: {
    doc: 'an answer comes in two halves with a pause between them',
    times: 3,
    strike({ random, answer }) {
      const reply = answer()
      const at = random.below(reply.text.length + 1)
      const later = { text: reply.text.slice(at), afterMs: 20 + random.below(3000) }
      return { ...reply, text: reply.text.slice(0, at), later }
    },
  },
  echo: {
    doc: 'from now on every command is typed back before its answer',
    times: Number.POSITIVE_INFINITY,
    strike: ({ text, answer }) => edited(answer(), (answered) => `${text}\r\n${answered}`),
  },
  noise: {
    doc: 'one to eight bytes of noise within an answer',
    times: 1,
    strike: ({ random, answer }) =>
      edited(answer(), (text) => {
        const at = random.below(text.length + 1)
        return text.slice(0, at) + byteText(random.bytes(1 + random.below(8))) + text.slice(at)
      }),
  },
  'lost-line': {
    doc: 'one line of an answer is lost',
    times: 1,
    strike: (blow) => withLine(blow, () => ''),
  },
  'doubled-line': {
    doc: 'one line of an answer comes twice',
    times: 1,
    strike: (blow) => withLine(blow, (line) => line + line),
  },
  slow: {
    doc: 'an answer takes 2 to 40 seconds longer',
    times: 1,
    strike({ random, answer }) {
      const reply = answer()
      return { ...reply, takesMs: reply.takesMs + 2000 + random.below(38_000) }
    },
  },
  silence: {
    doc: 'a command is carried out, or not, and nothing is said',
    times: 1,
    strike: ({ random, answer }) => ({ takesMs: 1, ...(random.below(2) === 0 && answer()), text: '' }),
  },
  unplug: {
    doc: 'the cable is pulled in the middle of an answer',
    times: 1,
    strike({ random, answer }) {
      const reply = random.below(2) === 0 ? answer() : { text: '', takesMs: 1 }
      return { ...reply, text: reply.text.slice(0, random.below(reply.text.length + 1)), unplugs: true }
    },
  },
} as const satisfies Record<string, FaultMaker>

function edited(reply: Reply, edit: (text: string) => string): Reply {
  return { ...reply, text: edit(reply.text) }
}

function withLine({ random, answer }: Blow, edit: (line: string) => string): Reply {
  return edited(answer(), (text) => {
    const lines = linesOf(text)
    const at = random.below(lines.length)
    return lines.map((line, index) => (index === at ? edit(line) : line)).join('')
  })
}
