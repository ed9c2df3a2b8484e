import { isCrlUrl, longestAuthorityName, longestCrlUrl } from '../../pki/index.ts'
import { type Instant, isoTime } from '../../terms/index.ts'
import type { Ending } from '../output.ts'
import { homeWords, wrong } from './endings.ts'

/** The name of an authority that is to be made. */
export function checkName(name: string, home: string | undefined): Ending | undefined {
  const next = `sectag ca init --name 'my fleet'${homeWords(home)}`
  if (name === '') return wrong('the authority has no name', 'its certificates show a name to whoever looks', next)
  if (name.length > longestAuthorityName)
    return wrong(
      `the name has more than ${longestAuthorityName} characters`,
      'with “issuing CA” behind it, it must fit into 64',
      next,
    )
  if (/[\p{Cc}\p{Cs}]/u.test(name))
    return wrong('the name has characters that do not print', 'people must be able to read it', next)
  return undefined
}

/** The address that its certificates are to say. */
export function checkCrlUrl(url: string | undefined): Ending | undefined {
  if (url === undefined || isCrlUrl(url)) return undefined
  return wrong(
    `--crl-url must begin with http:// and have at most ${longestCrlUrl} printing characters`,
    'whoever fetches a CRL to check a certificate cannot check the one of its server first; a CRL is signed itself',
    'repeat it with such an address, or without --crl-url',
  )
}

/** No sectag is older than this. */
const firstSectag = Date.UTC(2026, 0, 1)

/** A computer without a battery for its clock begins in 1970: an authority of then would have run out before boards are. */
export function checkClock(now: Instant): Ending | undefined {
  if (now >= firstSectag) return undefined
  const failure = {
    what: `the clock of this computer says ${isoTime(now)}`,
    state: 'nothing was made',
    why: 'what an authority signs is good for years from now on, and now is not then',
    next: 'date -u   # set the clock right, then repeat it',
  }
  return { exit: 5, failure }
}
