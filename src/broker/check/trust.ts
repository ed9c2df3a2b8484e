import type { X509Certificate } from 'node:crypto'
import { climb, isSelfSigned } from './chain.ts'
import { nameOf, nameWords } from './keys.ts'
import { chainOf, type Survey } from './survey.ts'

/** Why a chain does not lead to a root of the board. */
export type Distrust =
  | { readonly is: 'self-signed' }
  /** Somebody between the server and the root is missing. */
  | { readonly is: 'gap'; readonly issuer: string; readonly sure: boolean }
  /** It leads to another root. */
  | { readonly is: 'foreign'; readonly issuer: string; readonly sure: boolean; readonly sameName: boolean }

/** Why the chain is not believed; undefined where it is, or there is none. */
export function trustOf(survey: Survey): Distrust | undefined {
  const chain = chainOf(survey)
  const top = chain?.path.at(-1)
  if (chain === undefined || top === undefined || chain.reachesRoot) return undefined
  const { roots, known } = survey
  if (isSelfSigned(top)) {
    const sameName = roots.some(({ subject }) => subject === top.subject)
    return top === chain.leaf ? { is: 'self-signed' } : { is: 'foreign', issuer: nameOf(top), sure: true, sameName }
  }
  const issuer = nameWords(top.issuer)
  if (climb(top, known, roots).reachesRoot) return { is: 'gap', issuer, sure: true }
  const sameName = roots.some(({ subject }) => subject === top.issuer)
  if (sameName) return { is: 'foreign', issuer, sure: true, sameName }
  const gap = chain.path.length === 1 && likelyIssuing(top, roots)
  return gap ? { is: 'gap', issuer, sure: false } : { is: 'foreign', issuer, sure: false, sameName }
}

/**
 * Whether who signed this one is likelier an issuing CA than a root. It cannot be known from the one certificate: what it
 * says of where to fetch its issuer's, and names, are all there is.
 */
function likelyIssuing(top: X509Certificate, roots: readonly X509Certificate[]): boolean {
  const { infoAccess } = top
  const issuer = nameWords(top.issuer)
  if (infoAccess?.includes('CA Issuers') === true) return true
  if (/\broot\b/i.test(issuer)) return false
  return (
    /\b(?:intermediate|issuing|signing|sub(?:ordinate)?)\b/i.test(issuer) || roots.some((root) => akin(root, issuer))
  )
}

const generic = /^(?:|ca|root|authority|certificate|certification|the|of|and|[cgor]\d?|cn|ou|st|l|test)$/

function akin(root: X509Certificate, issuer: string): boolean {
  const words = (text: string): string[] =>
    text
      .toLowerCase()
      .split(/[^\p{L}\d]+/u)
      .filter((word) => !generic.test(word))
  const own = new Set(words(nameWords(root.subject)))
  return words(issuer).some((word) => own.has(word))
}
