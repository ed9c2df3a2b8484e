import { completionScript, shells } from '../completion.ts'
import type { Verb } from '../verb.ts'

/** `sectag completion` */
export const completion: Verb = {
  name: 'completion',
  summary: 'print a completion script for your shell',
  examples: [
    'source <(sectag completion bash)',
    'sectag completion zsh > "${fpath[1]}/_sectag"',
    'sectag completion powershell | Out-String | Invoke-Expression',
  ],
  shape(command) {
    command.argument('<shell>', shells.join(', '))
  },
  run(context, output, { args, verbs }) {
    const script = completionScript(args[0] ?? '', verbs)
    if (script === undefined) {
      const failure = {
        what: `there is no completion for ${args[0]}`,
        state: 'no board was touched',
        why: `the shells are ${shells.join(', ')}`,
        next: 'sectag completion bash',
      }
      return Promise.resolve({ exit: 2, failure })
    }
    if (output.mode === 'json') output.event('completion', { shell: args[0], script })
    else context.out(script)
    return Promise.resolve({ exit: 0 })
  },
}
