import type { FactValues } from '../facts.ts'
import type { Sign } from '../signs/tables.ts'
import { mattersOf, type Spoken } from './matters.ts'
import { type Sentence, sentencesOf } from './sentence.ts'
import { makes, passage, type Statement } from './statement.ts'
import { brokerStatements } from './statements/broker.ts'
import { historyStatements } from './statements/history.ts'
import { networkStatements } from './statements/network.ts'
import { platformStatements } from './statements/platform.ts'
import { storeStatements } from './statements/store.ts'
import { tlsStatements } from './statements/tls.ts'

type What = FactValues['history']['what']

const statements = Object.entries({
  ...storeStatements,
  ...tlsStatements,
  ...brokerStatements,
  ...networkStatements,
  ...platformStatements,
}) as [Sign, readonly Statement[]][]

const histories = Object.entries(historyStatements) as [What, readonly Statement[]][]

/** What a line of prose tells, and what it is about. */
export interface Told {
  readonly signs: readonly Sign[]
  readonly histories: readonly What[]
  /** As often as sentences of the line are about it. */
  readonly matters: readonly Spoken[]
  /** What its sentences name, also in a guess and in a question. */
  readonly named: readonly FactValues['named'][]
}

/** What a sentence names, and what it names as not so. */
function namedIn({ said, denied }: Sentence): FactValues['named'][] {
  return [
    ...[...said].map((concept) => ({ concept })),
    ...[...denied].map((concept) => ({ concept, denied: true }) as const),
  ]
}

/** Hears prose line by line, and gives what each line tells. A guess or a question tells nothing. */
export class Prose {
  #heard: readonly Sentence[] = []

  line(text: string): Told {
    const told = { signs: new Set<Sign>(), histories: new Set<What>() }
    const matters: Spoken[] = []
    const named: FactValues['named'][] = []
    for (const sentence of sentencesOf(text)) {
      named.push(...namedIn(sentence))
      matters.push(...mattersOf(sentence))
      if (sentence.mood !== 'told') continue
      this.#heard = [...this.#heard, sentence].slice(-passage)
      for (const sign of madeOf(statements, this.#heard)) told.signs.add(sign)
      for (const what of madeOf(histories, this.#heard)) told.histories.add(what)
    }
    return { signs: [...told.signs], histories: [...told.histories], matters, named }
  }
}

function madeOf<T>(table: readonly [T, readonly Statement[]][], heard: readonly Sentence[]): T[] {
  return table.flatMap(([name, ways]) => (ways.some((way) => makes(way, heard)) ? [name] : []))
}
