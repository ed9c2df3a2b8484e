import { type Asked, readAsked } from '../compat/asked.ts'
import { tellChanges } from '../compat/changes.ts'
import { tellAll, tellPairs } from '../compat/pairs.ts'
import type { Ending, Output } from '../output.ts'
import type { Verb } from '../verb.ts'

/** `sectag compat` */
export const compat: Verb = {
  name: 'compat',
  summary: 'which modem firmware, SDK and chip revision go together, and what changes between two SDKs',
  examples: [
    'sectag compat --hardware B1A --mfw 1.3.2 --sdk 1.9.1',
    'sectag compat --from 1.0.0 --to 1.9.1 --hardware B1A',
    'sectag compat --sdk 2.6.0 --json',
  ],
  shape(command) {
    command
      .option('--hardware <revision>', 'as `AT%HWVERSION` or the marking on the package says: B0A, "nRF9160 SICA B1A"')
      .option('--mfw <version>', 'the modem firmware: 1.3.2, mfw_nrf9160_1.3.2')
      .option('--sdk <version>', 'the nRF Connect SDK')
      .option('--from <version>', 'the SDK that is in use')
      .option('--to <version>', 'the SDK that is to come')
  },
  run(_, output, typed) {
    const asked = readAsked(typed)
    return Promise.resolve('exit' in asked ? asked : answer(output, asked))
  },
}

function answer(output: Output, asked: Asked): Ending {
  const { revision, firmware, sdk, way } = asked
  const named = revision !== undefined || firmware !== undefined || sdk !== undefined
  if (!named) tellAll(output)
  const good = !named || tellPairs(output, asked)
  if (way !== undefined) tellChanges(output, way.from, way.to)
  return good ? { exit: 0 } : { exit: 1 }
}
