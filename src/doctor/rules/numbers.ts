import { type ConnectKind, tlsLibraryCode, type TlsLibraryMeans } from '../../numbers/index.ts'
import type { Call } from '../facts.ts'
import type { Facts } from '../gather.ts'
import { printed } from '../printed.ts'
import { type Point, point } from '../rule.ts'

/** What the number of a failed connect says for a kind of failure; shared, where it may mean several things. */
export function met(facts: Facts, kind: ConnectKind, weight: number): Point[] {
  return facts.connects.flatMap(({ fact, reading }) => {
    const meaning = reading.meanings.find((candidate) => candidate.kind === kind)
    if (meaning === undefined) return []
    const share = weight / reading.meanings.length
    return [point(share, `connect failed with ${printed(fact.value)}: ${meaning.words}`, fact)]
  })
}

/** A call that failed, whatever its number. */
export function failed(facts: Facts, call: Call, weight: number, words: string): Point[] {
  return facts
    .of('failure')
    .filter(({ value }) => value.call === call)
    .map((fact) => point(weight, `${words} (${printed(fact.value)})`, fact))
}

/** An answer to CONNECT with one of these codes. */
export function answered(facts: Facts, codes: readonly number[], weight: number, words: string): Point[] {
  return facts
    .of('connack')
    .filter(({ value }) => codes.includes(value.code))
    .map((fact) => point(weight, `the broker answered CONNECT with ${fact.value.code}: ${words}`, fact))
}

/** A number of mbedTLS in the application core. */
export function native(facts: Facts, number: number, weight: number, words: string): Point[] {
  return facts
    .of('native-tls')
    .filter(({ value }) => value.number === number)
    .map((fact) => point(weight, words, fact))
}

/** What mbedTLS in the application core says by its number. */
export function nativeMeans(facts: Facts, means: TlsLibraryMeans, weight: number): Point[] {
  return facts.of('native-tls').flatMap((fact): Point[] => {
    const known = tlsLibraryCode(fact.value.number)
    if (known?.means !== means) return []
    const printed = `-0x${(-fact.value.number).toString(16).padStart(4, '0')}`
    return [point(weight, `TLS in the application core failed with ${printed}: ${known.words}`, fact)]
  })
}

/** Whether a number says that TLS was what failed: then the network was there. */
export function tlsBegan(facts: Facts): boolean {
  return facts.connects.some(({ reading }) => reading.meanings.every(({ kind }) => kind === 'tls'))
}
