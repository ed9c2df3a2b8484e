import { freshAuthority } from '../support/authority.ts'
import { brokerPaper } from '../support/paper.ts'
import type { Papers } from './setting.ts'

/** The papers of all runs. */
export async function makePapers(): Promise<Papers> {
  const [wanted, old, authority] = await Promise.all([
    brokerPaper(),
    brokerPaper('board-of-before'),
    freshAuthority('prove'),
  ])
  return { wanted, old, authority }
}
