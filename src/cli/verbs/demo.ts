import { tellStory } from '../demo/story.ts'
import type { Verb } from '../verb.ts'

/** `sectag demo` */
export const demo: Verb = {
  name: 'demo',
  summary: 'a virtual board is provisioned, loses its credentials, and gets them back; needs nothing',
  examples: ['sectag demo', 'sectag demo --seed 7', 'sectag demo --json'],
  shape(command) {
    command.option('--seed <text>', 'same seed, same board', '87138')
  },
  run: (context, output, typed) => tellStory(context, output, typed),
}
