/** Exit codes, stable for ever. */
export const exitCodes = {
  0: 'done; where proof was asked for, proven to that grade',
  1: 'not done, or not proven to the grade that was asked for',
  2: 'usage: the command line or a file that it names is wrong; no board was touched',
  3: 'the board, or the broker, cannot be reached',
  4: 'the board refused',
  5: 'verification failed: something is missing or wrong',
  6: 'refused by policy: it needs a confirmation or another command first',
  7: 'partly done; the command that the failure names goes on: `sectag resume`, or by a probe the same `apply` once more',
  70: 'our own fault',
} as const

/** An exit code. */
export type Exit = keyof typeof exitCodes

/** One row of the table verb × outcome → exit code. */
export interface ExitRow {
  readonly verb: string
  readonly outcome: string
  readonly exit: Exit
}

const boardVerbs = ['info', 'list', 'plan', 'apply', 'verify', 'erase', 'resume', 'record', 'bundle']

function rows(verb: string, table: Record<string, Exit>): ExitRow[] {
  return Object.entries(table).map(([outcome, exit]) => ({ verb, outcome, exit }))
}

/** Every outcome of every verb. `test/cli/exit-codes.test.ts` meets each row. */
export const exitTable: readonly ExitRow[] = [
  ...rows('any', { 'wrong usage': 2, 'a file failed in the middle of the work': 1, 'our own fault': 70 }),
  ...boardVerbs.flatMap((verb) => rows(verb, { 'no such port, port busy, or nobody answers': 3 })),
  ...rows('ports', { 'ports found': 0, 'no port found': 1 }),
  ...rows('info', { told: 0 }),
  ...rows('list', { listed: 0, 'the board refused to list': 4 }),
  ...rows('plan', {
    'the board refused to list': 4,
    'the board holds what is wanted': 0,
    'changes are needed, or nobody can tell': 1,
    'wrong manifest or files': 2,
    'no key can be born there: the tag is in use, or this firmware makes none': 6,
  }),
  ...rows('apply', {
    'the board holds what is wanted, to the grade asked for': 0,
    'done, but this firmware cannot show the grade asked for': 1,
    'wrong manifest or files': 2,
    'the board refused': 4,
    'written, and the listing afterwards contradicts': 5,
    'needs a confirmation, a PIN would be lost, an earlier run is open, or no key can be born there': 6,
    'interrupted or unplugged in the middle, or it could not be written down any more': 7,
    'nothing was begun, because it could not be written down': 1,
    'interrupted before anything was begun, or --dry-run with something to do': 1,
    'no home to write a journal to, or no passphrase for the authority that it needs': 2,
    'by a probe: the modem has taken all of it, by the word of its writer': 0,
    'by a probe: that, and a higher grade than presence was asked for': 1,
    'by a probe: no probe tool, no such probe, no chip at it, or a writer that never answers': 3,
    'by a probe: the modem refused, or the writer is not for this chip': 4,
    'by a probe: what somebody has left in flash cannot be blanked, or the writer leaves no IMEI': 5,
    'by a probe: the chip is locked, another run is at it, or there is no application to put back': 6,
    'by a probe: key bytes may lie in flash, or the application is not in place': 7,
    'by a probe: a file failed when the writer was on the chip already': 7,
  }),
  ...rows('verify', {
    'the board refused to list': 4,
    'the grade asked for is reached': 0,
    'UNKNOWN: nothing is wrong, and the grade asked for is not reached': 1,
    'wrong manifest or files': 2,
    'FAIL: something is missing, differs, or is unwanted': 5,
  }),
  ...rows('broker', {
    'a modem would enter, as far as can be seen': 0,
    'no source says whether a modem would enter, or interrupted': 1,
    'wrong place, files or firmware': 2,
    'the broker cannot be reached, or does not answer': 3,
    'a modem would not enter': 5,
  }),
  ...rows('prove-birth', {
    'born: every link holds, from a known identity key on': 0,
    'UNKNOWN: no proof was kept, or no identity key is known': 1,
    'no proof in the files, no such board, or wrong options': 2,
    'FAIL: a link does not hold, or the key came from a file': 5,
  }),
  ...rows('rehearse', {
    'a session was reached: grade rehearsed, never PASS': 0,
    'the broker could not be reached, so nothing is known': 1,
    'wrong manifest or files, or a key that this computer does not have': 2,
    'an obstacle: the files, or the broker, would not do': 5,
  }),
  ...rows('watch', {
    'PASS: the broker accepted a session of the board': 0,
    'UNKNOWN: no session of it was seen': 1,
    'nothing says whose session, or where; wrong files; no home': 2,
    'nobody can listen there': 3,
    'FAIL: the board came and was refused': 5,
  }),
  ...rows('erase', {
    'erased, or nothing was there': 0,
    'the board refused': 4,
    'needs a confirmation, a PIN would be lost, or an earlier run is open': 6,
    'interrupted or unplugged in the middle, or it could not be written down any more': 7,
    'nothing was begun, because it could not be written down': 1,
    'the items are still listed afterwards': 5,
    'interrupted before anything was begun, or --dry-run with something to do': 1,
    'no home to write a journal to': 2,
  }),
  ...rows('resume', {
    'nothing was open, or the run ended and the grade asked for is reached': 0,
    'ended, but this firmware cannot show the grade asked for': 1,
    'the board refused': 4,
    'ended, and the listing afterwards contradicts': 5,
    'its files are gone or have changed, or it was cut again': 7,
    'needs a confirmation, or a PIN would be lost': 6,
    'interrupted before anything was begun, --dry-run with something to do, or --give-back-only with steps undone': 1,
    'no home to write a journal to, or no passphrase for the authority that it needs': 2,
  }),
  ...rows('ca', {
    'made, issued, renewed, revoked, or shown': 0,
    'recorded and not written, or not recorded: the disk is full or a file was made in the meantime': 1,
    'shown: the CRL runs out within 7 days, or revocations are in no CRL yet': 1,
    'wrong name, request, certificate, serial, days, or files': 2,
    'no passphrase, one that is too short, or a wrong one': 2,
    'no home to write to': 2,
    'the files of the authority are damaged, it has run out, or the clock is slow': 5,
    'a CA, a certificate or a CRL that is to be imported does not hold, or a backup was changed': 5,
    'shown: the CRL has run out': 5,
    'there is no authority yet, or there is one already': 6,
    'a production line may not: its quota is spent, its date is over, or a server was ordered': 6,
    'refused: to renew what was revoked, to revoke one of several, to replace another file by a CRL, or a CRL that would lock boards out': 6,
  }),
  ...rows('revoke', {
    'it is out and stays out, and a healthy certificate enters': 0,
    '--dry-run, interrupted before anything was written down, or it could not be written down': 1,
    'no such certificate, broker or file, or no passphrase': 2,
    'the files of the authority are damaged': 5,
    'it was not confirmed, or there is no authority': 6,
    'revoked, and not shown to be out: the broker was not reached, did not obey, or nobody can tell': 7,
  }),
  ...rows('cert', {
    'shown; nothing that a modem or a broker would refuse; or its renewal is due': 0,
    'its renewal is not due yet': 1,
    'the file cannot be read, or holds no certificate': 2,
    'a modem or a broker would refuse it; with --strict, or may some day': 5,
  }),
  ...rows('doctor', {
    'a cause is named': 0,
    'a session stands, and nothing is wrong': 0,
    'the evidence does not decide': 1,
    'a file, or an item of --context, cannot be read': 2,
    'a number of blinks without a meaning, or --ask where nobody sits': 2,
  }),
  ...rows('compat', {
    told: 0,
    'what was asked about is forbidden, or for tests only': 1,
    'no firmware is known that goes with that SDK': 1,
    'a version or a revision that cannot be understood': 2,
  }),
  ...rows('bundle', {
    written: 0,
    'a file cannot be read, or the archive is there already': 2,
    'nothing to collect': 2,
  }),
  ...rows('modem', { stopped: 0, 'no PTY or TCP port to be had': 3 }),
  ...rows('record', { stopped: 0, 'no file to record to': 2, 'unplugged while recording': 3 }),
  ...rows('demo', { 'the story ended as it should': 0, 'it did not': 5, interrupted: 7 }),
  ...rows('completion', { printed: 0, 'no such shell': 2 }),
  ...rows('help', { printed: 0, 'no such topic': 2 }),
]
