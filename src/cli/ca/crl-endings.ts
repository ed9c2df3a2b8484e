import type { Ending } from '../output.ts'
import { shellWord } from '../shell-word.ts'
import { homeWords, wrong } from './endings.ts'
import type { RecordProblem } from './record-problem.ts'

const unchanged = 'no CRL was handed out; what brokers have is as it was'

/** `--days` that nobody should use. */
export function wrongCrlDays(fewest: number, most: number): Ending {
  return wrong(
    `a CRL is made for ${fewest} to ${most} days`,
    'once it has run out, brokers refuse every board; there must be time to make the next',
    'repeat with other --days, or without it',
  )
}

/** `--out` names something that is not to be lost. */
export function notReplaced(path: string): Ending {
  return {
    exit: 6,
    failure: {
      what: `${path} is no CRL of this authority`,
      state: unchanged,
      why: 'a CRL takes the place of the one before it, and of nothing else',
      next: `openssl crl -in ${shellWord(path)} -noout -issuer   # then repeat with another --out`,
    },
  }
}

type Told = readonly [exit: 1 | 5 | 6, what: string, why: string, next: string]

/** A CRL that was not made, or not handed out. */
export function crlNotMade({ code, text }: RecordProblem, { home }: { readonly home?: string }): Ending {
  const show = `sectag ca show${homeWords(home)}`
  const told: Partial<Record<RecordProblem['code'], Told>> = {
    'authority-expired': [5, text, 'a CRL by a CA that has expired is worth nothing', show],
    'clock-slow': [5, text, 'a broker would take such a CRL for one that has run out', 'date -u   # then repeat it'],
    'register-damaged': [5, text, 'somebody who was revoked would be missing', 'put it back from your copy'],
    guarded: [
      6,
      `the new CRL would lock boards out: ${text}`,
      'likely: the clock of this computer is slow, or the home comes from an old copy',
      'date -u   # then repeat it',
    ],
    busy: [
      1,
      `another sectag is making a CRL: ${text}`,
      'two at once could hand out the older one last',
      'repeat it; where no such process is, delete that file first',
    ],
  }
  const [exit, what, why, next] = told[code] ?? [
    1,
    `the CRL could not be written: ${text}`,
    'likely: the disk is full, or it may not be written to',
    show,
  ]
  return { exit, failure: { what, state: unchanged, why, next } }
}
