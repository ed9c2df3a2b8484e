import { ask, type Asked, cipherSuite, type HelloOffer, type Place } from '../../tls/index.ts'

/** The one thing of a hello of which a server chooses. */
type Choice = 'suites' | 'groups'

/**
 * What both sides have, in the order in which the server chose: each time it is asked again without what it chose before,
 * until it takes none of the rest. One connection for each, and one more.
 */
async function shared(place: Place, offer: HelloOffer, choice: Choice, first: Asked): Promise<number[]> {
  const chosen: number[] = []
  let asked = first
  for (let left = offer[choice]; ; ) {
    const one = choice === 'suites' ? asked.flight.hello?.suite : asked.flight.curve
    if (one === undefined || !left.includes(one)) return chosen
    chosen.push(one)
    left = left.filter((other) => other !== one)
    if (left.length === 0) return chosen
    asked = await ask(place, { ...offer, [choice]: left })
    if (asked.end === 'timeout' || asked.end === 'aborted') return chosen
  }
}

/** OpenSSL's names of the suites that both sides have. */
export async function sharedSuites(place: Place, offer: HelloOffer, first: Asked): Promise<string[]> {
  return (await shared(place, offer, 'suites', first)).flatMap((id) => cipherSuite(id)?.name ?? [])
}

const curveNames: Readonly<Record<number, string>> = { 23: 'P-256', 24: 'P-384' }

/** The curves that both sides have for the key exchange. */
export async function sharedCurves(place: Place, offer: HelloOffer, first: Asked): Promise<string[]> {
  return (await shared(place, offer, 'groups', first)).flatMap((number) => curveNames[number] ?? [])
}
