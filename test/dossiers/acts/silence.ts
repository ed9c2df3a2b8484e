import { boardTag } from '../../support/virtual-board.ts'
import { bySms, logOf, suffers } from '../stage.ts'
import { connectFails, type Template } from '../template.ts'

/** What was heard does not suffice: the right answer is a question. */
export const silenceTemplates: readonly Template[] = [
  {
    name: 'a-number-and-nothing-else',
    truth: 'insufficient-evidence',
    acceptable: ['tls-handshake-unspecified'],
    async act(stage) {
      const bench = stage.board((await stage.broker()).port, {})
      await suffers(bench, connectFails)
      const line = bench.board.log.find((text) => connectFails.test(text))
      return [{ ...logOf(bench), text: line ?? '' }]
    },
  },
  {
    name: 'a-blank-reply-without-a-control',
    truth: 'insufficient-evidence',
    async act(stage) {
      const bench = stage.board((await stage.broker()).port, {})
      await suffers(bench, connectFails, 1)
      const { text } = await bySms(bench, [`AT%CMNG=1,${boardTag},0`])
      return [{ name: 'sms.txt', kind: 'sms', text }]
    },
  },
]
