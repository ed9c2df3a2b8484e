import type { Instant } from '../terms/index.ts'

/** A certificate of a public CA that devices hold as their root, and that came to an end. */
export interface PublicRoot {
  readonly name: string
  /** How subjects and people name it. */
  readonly pattern: RegExp
  /** From when on a server is no longer reached with it: it expired, or what it stood for moved away. */
  readonly ended: Instant
  readonly how: 'expired' | 'left'
  /** What stands in its place. */
  readonly now: string
  readonly facts: readonly string[]
}

function root(
  name: string,
  pattern: RegExp,
  [how, day]: readonly [how: PublicRoot['how'], day: string],
  now: string,
  ...facts: readonly string[]
): PublicRoot {
  return { name, pattern, ended: Date.parse(`${day}T00:00:00Z`), how, now, facts }
}

/** What expired or was left, by day; a service that left a root over months is told with the last day. */
export const publicRoots: readonly PublicRoot[] = [
  root('DST Root CA X3', /\bDST[ _]Root[ _](?:CA[ _])?X3\b/i, ['expired', '2021-09-30'], 'ISRG Root X1', 'ROOT-01'),
  root(
    "Let's Encrypt Authority X3",
    /\bLet'?s Encrypt Authority X3\b/i,
    ['expired', '2021-03-17'],
    'ISRG Root X1',
    'ROOT-03',
  ),
  root(
    "Let's Encrypt R3",
    /\bLet'?s Encrypt(?: intermediate)?[ ,]{1,2}(?:CN ?= ?)?R3\b|\bCN ?= ?R3, ?O ?= ?Let'?s Encrypt\b/i,
    ['left', '2024-06-06'],
    'ISRG Root X1',
    'ROOT-04',
    'ROOT-05',
  ),
  root(
    'Baltimore CyberTrust Root',
    /\bBaltimore[ _]?CyberTrust\b/i,
    ['left', '2024-09-30'],
    'DigiCert Global Root G2',
    'ROOT-06',
    'ROOT-07',
  ),
  root(
    'VeriSign Class 3 Public Primary G5',
    /\bVeriSign[ _](?:Universal[ _])?Class[ _]3\b.{0,60}\bG5\b/i,
    ['left', '2018-10-01'],
    'Amazon Root CA 1, at an -ats endpoint',
    'ROOT-08',
  ),
  root('GlobalSign Root CA - R2', /\bGlobalSign\b.{0,20}\bR2\b/i, ['expired', '2021-12-15'], 'GTS Root R1', 'ROOT-09'),
  root(
    'AddTrust External CA Root',
    /\bAddTrust[ _]External\b/i,
    ['expired', '2020-05-30'],
    'USERTrust RSA Certification Authority',
    'ROOT-10',
  ),
  root(
    'DigiCert Global Root CA',
    /\bDigiCert[ _](?:Global|High Assurance EV|Assured ID)[ _]Root[ _]CA\b/i,
    ['left', '2026-04-15'],
    'DigiCert Global Root G2',
    'ROOT-11',
  ),
]

/** The root of {@link publicRoots} that a text names. */
export function publicRootIn(text: string): PublicRoot | undefined {
  return publicRoots.find(({ pattern }) => pattern.test(text))
}
