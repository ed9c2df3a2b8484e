import { type Outcome, refused } from '../terms/index.ts'
import { insist } from './insist.ts'

/** How often it is asked until two answers in a row agree. */
const mostLooks = 5

/**
 * An answer that came twice in a row. What is lost or turned on its way leaves no trace in a line that still reads well, so
 * nothing is concluded from one look. For questions only.
 */
export async function believed<A>(ask: () => Promise<Outcome<A>>): Promise<Outcome<A>> {
  let before: string | undefined
  for (let look = 0; look < mostLooks; look++) {
    const answer = await insist(ask)
    if (!answer.ok) return answer
    const now = JSON.stringify(answer.value)
    if (now === before) return answer
    before = now
  }
  return refused({ kind: 'garbled', text: '', why: 'no two answers in a row were the same' })
}
