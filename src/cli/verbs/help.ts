import { exitCodes, exitTable } from '../exit-codes.ts'
import { table } from '../table.ts'
import type { Verb } from '../verb.ts'

/** `sectag help exit-codes`; help on a verb is `sectag VERB --help`. */
export const help: Verb = {
  name: 'help',
  summary: 'topics that are no verb: exit-codes',
  examples: ['sectag help exit-codes', 'sectag help exit-codes --json', 'sectag apply --help'],
  shape(command) {
    command.argument('[topic]', 'exit-codes')
  },
  run(_context, output, { args }) {
    const topic = args[0] ?? 'exit-codes'
    if (topic !== 'exit-codes') {
      const failure = {
        what: `there is no help topic ${topic}`,
        state: 'no board was touched',
        why: 'the only topic is exit-codes; verbs explain themselves with --help',
        next: `sectag ${topic} --help`,
      }
      return Promise.resolve({ exit: 2, failure })
    }
    for (const [code, meaning] of Object.entries(exitCodes)) output.event('exit-code', { code: Number(code), meaning })
    for (const row of exitTable) output.event('exit-row', { ...row })
    const codes = table(
      ['EXIT', 'MEANING'],
      Object.entries(exitCodes).map(([code, meaning]) => [code, meaning]),
    )
    const rows = table(
      ['VERB', 'EXIT', 'WHEN'],
      exitTable.map(({ verb, exit, outcome }) => [verb, String(exit), outcome]),
    )
    output.say(`${codes}\n\n${rows}`)
    return Promise.resolve({ exit: 0 })
  },
}
