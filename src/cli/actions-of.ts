import { Command } from 'commander'
import type { Verb } from './verb.ts'

/** The words that may stand first behind a verb, where they are known: `init` of `ca`. */
export function actionsOf(verb: Verb): readonly string[] {
  const command = new Command()
  verb.shape(command)
  return command.registeredArguments[0]?.argChoices ?? []
}
