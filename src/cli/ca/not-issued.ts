import type { Exit } from '../exit-codes.ts'
import type { Ending } from '../output.ts'
import { homeWords, wrong } from './endings.ts'
import type { RecordProblem } from './record-problem.ts'

/** How a verb ends whose order for a certificate was refused; for every verb that issues. `home` is what was typed behind `--home`. */
export function notIssued({ code, text }: RecordProblem, home: string | undefined): Ending {
  if (code === 'not-recorded')
    return {
      exit: 1,
      failure: {
        what: `the certificate could not be recorded: ${text}`,
        state: 'it was not given away; no file was written',
        why: 'likely: the disk is full, or the register belongs to somebody else',
        next: `sectag ca show${homeWords(home)}`,
      },
    }
  const ending = wrong(`nothing can be issued: ${text}`, reasons[code], nexts[code] ?? 'sectag ca issue --help')
  return { ...ending, exit: exits[code] ?? 2 }
}

const exits: Partial<Record<RecordProblem['code'], Exit>> = {
  'authority-expired': 5,
  'clock-slow': 5,
  'quota-lost': 5,
  'quota-spent': 6,
  'line-over': 6,
  'devices-only': 6,
}

const openssl = 'openssl req -in FILE.csr -noout -text -verify'

const reasons: Record<Exclude<RecordProblem['code'], 'not-recorded'>, string> = {
  'no-request': 'likely: another file was named, or it was cut on its way',
  'not-ours': 'likely: it is of another authority, or of another home',
  'bad-signature':
    'whoever asked does not hold the key, or the file was changed on its way, or it is signed with SHA-1',
  'bad-key': 'brokers and modems take no other keys, or should not',
  'bad-subject': 'the subject names the holder to the broker: at most 64 characters that print',
  'bad-name': 'clients compare the name with the host that they wanted, letter by letter',
  'no-names': 'clients look at these names only, not at the subject',
  'names-not-used': 'a broker knows a device by its subject',
  'bad-days': 'a certificate is for a day at least, and may not outlive the CA that signed it',
  'authority-expired': 'its ten years are over',
  'clock-slow': 'the clock of this computer is wrong: what it dates now would be over before anybody uses it',
  'never-issued': 'the register does not know it',
  'register-damaged': 'its files were changed, or the disk is bad',
  'quota-spent': 'whoever holds the root gave this line so many and no more',
  'quota-lost': 'it was deleted, moved or changed; without it nobody knows how many may be issued',
  'line-over': 'whoever holds the root gave this line so long and no longer',
  'devices-only': 'its CA is good for devices: no client would accept a server that it certified',
  guarded: 'it would lock boards out',
  busy: 'another sectag is at work in this home',
}

const clockNext = 'date -u   # set the clock right, then repeat it'
const lineNext = 'sectag ca line --name NAME --quota N --until DATE --out FOLDER   # where the root is: a new line'

const nexts: Partial<Record<RecordProblem['code'], string>> = {
  'no-request': openssl,
  'bad-signature': openssl,
  'bad-key': 'openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout FILE.key -out FILE.csr',
  'bad-subject': 'repeat with --subject and a name',
  'bad-name': 'repeat with --name and a DNS name or an IP address',
  'no-names': 'repeat with --name and the name that clients connect to',
  'names-not-used': 'repeat without --name',
  'bad-days': 'repeat with other --days, or without it',
  'authority-expired': 'sectag ca show',
  'clock-slow': clockNext,
  'quota-spent': lineNext,
  'quota-lost': lineNext,
  'line-over': lineNext,
  'devices-only': 'sectag ca issue --profile server …   # in the home of the authority itself',
}
