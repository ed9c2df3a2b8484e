import { typeName } from '../../terms/index.ts'
import type { Holding } from '../facts.ts'
import type { Facts } from '../gather.ts'
import { type Point, point } from '../rule.ts'

const words: Readonly<Record<Holding, string>> = {
  authority: "a CA's certificate",
  leaf: 'a certificate that signs no other',
  client: 'a certificate that is for clients only',
  'no-line-ends': 'a text without its line ends',
  'form-wrong': 'a text whose form is wrong',
  'nothing-valid': 'no certificate at all',
}

/** What a slot is seen to hold: as it was read back (CMNG-46), or written and taken. The last word on a slot counts. */
export function holding(facts: Facts, holds: Holding, weight: number, type?: number): Point[] {
  const all = facts.of('content')
  return all
    .filter(({ value, last }) => {
      const same = all.filter((other) => other.value.tag === value.tag && other.value.type === value.type)
      return value.holds === holds && (type ?? value.type) === value.type && same.every((other) => other.last <= last)
    })
    .map((fact) => {
      const { tag, type: held, fault } = fact.value
      const why = fault === undefined ? '' : `: ${fault}`
      return point(weight, `the ${typeName(held)} of tag ${tag} is ${words[holds]}${why}`, fact)
    })
}
