import { exitCodes, exitTable } from '../exit-codes.ts'
import { table } from '../table.ts'
import type { Verb } from '../verb.ts'

/** `sectag help exit-codes`; help on a verb is `sectag VERB --help`. */
export const help: Verb = {
  name: 'help',
  summary: 'help on a verb, or on the topic exit-codes',
  examples: ['sectag help apply', 'sectag help exit-codes', 'sectag help exit-codes --json'],
  shape(command) {
    command.argument('[topic]', 'a verb, or exit-codes')
  },
  async run(context, output, { args, verbs, run }) {
    const topic = args[0] ?? 'help'
    if (verbs.some((verb) => verb.name === topic)) {
      await run([topic, '--help'], context)
      return { exit: 0 }
    }
    if (topic !== 'exit-codes') {
      const failure = {
        what: `there is no help topic ${topic}`,
        state: 'no board was touched',
        why: 'there is help on every verb, and on exit-codes',
        next: 'sectag --help',
      }
      return { exit: 2, failure }
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
    return { exit: 0 }
  },
}
