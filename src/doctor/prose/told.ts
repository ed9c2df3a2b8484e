import type { Sign } from '../signs/tables.ts'
import { type Matter, mattersOf } from './matters.ts'
import { type Sentence, sentencesOf } from './sentence.ts'
import { makes, passage, type Statement } from './statement.ts'
import { brokerStatements } from './statements/broker.ts'
import { networkStatements } from './statements/network.ts'
import { platformStatements } from './statements/platform.ts'
import { storeStatements } from './statements/store.ts'
import { tlsStatements } from './statements/tls.ts'
import { troubleStatements } from './statements/trouble.ts'

const statements = Object.entries({
  ...storeStatements,
  ...tlsStatements,
  ...brokerStatements,
  ...networkStatements,
  ...platformStatements,
  ...troubleStatements,
}) as [Sign, readonly Statement[]][]

/** What a line of prose tells, and what it is about. */
export interface Told {
  readonly signs: readonly Sign[]
  /** As often as sentences of the line are about it. */
  readonly matters: readonly Matter[]
}

/** Hears prose line by line, and gives the signs that each line tells. A guess or a question tells none. */
export class Prose {
  #heard: readonly Sentence[] = []

  line(text: string): Told {
    const signs = new Set<Sign>()
    const matters: Matter[] = []
    for (const sentence of sentencesOf(text)) {
      matters.push(...mattersOf(sentence))
      if (sentence.mood !== 'told') continue
      this.#heard = [...this.#heard, sentence].slice(-passage)
      for (const [sign, ways] of statements) if (ways.some((way) => makes(way, this.#heard))) signs.add(sign)
    }
    return { signs: [...signs], matters }
  }
}
