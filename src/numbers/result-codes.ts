/** What a `+CME ERROR` or `+CMS ERROR` number means here, and what a person does about it. */
export interface ResultCode {
  readonly code: number
  /** A few words, to stand behind the number. */
  readonly meaning: string
  /** The most likely reason in our commands. */
  readonly likely: string
  /** What to do about it, in words; the verb that met the refusal adds the command to type. */
  readonly remedy: string
  /** Where it is written down: ids in docs/facts. */
  readonly facts: readonly string[]
}

/** The credential store has no room left, in whatever tag. CME-14 */
export const memoryFull = 515

/** `+CME ERROR` numbers that the commands of this project can meet. */
export const cmeCodes: readonly ResultCode[] = [
  {
    code: 0,
    meaning: 'not understood',
    likely: 'this firmware does not know the command, or its parameters are malformed',
    remedy: 'look at what this firmware can do',
    facts: ['CME-02'],
  },
  {
    code: 10,
    meaning: 'no SIM',
    likely: 'the SIM is missing or badly seated',
    remedy: 'seat the SIM; credentials are not the problem',
    facts: ['CME-03'],
  },
  {
    code: 11,
    meaning: 'SIM wants its PIN',
    likely: 'the SIM is locked and its application has not unlocked it',
    remedy: 'let the application unlock it; sectag never sends a PIN',
    facts: ['CME-04'],
  },
  {
    code: 12,
    meaning: 'SIM wants its PUK',
    likely: 'too many wrong PINs were given to the SIM',
    remedy: 'unlock the SIM with its PUK in another device; sectag never sends one',
    facts: ['CME-05'],
  },
  {
    code: 13,
    meaning: 'SIM failure',
    likely: 'the SIM does not answer',
    remedy: 'reseat or replace the SIM; credentials are not the problem',
    facts: ['CME-06'],
  },
  {
    code: 14,
    meaning: 'SIM busy',
    likely: 'the SIM is still starting',
    remedy: 'wait some seconds and repeat',
    facts: ['CME-07'],
  },
  {
    code: 16,
    meaning: 'wrong PIN',
    likely: 'somebody gave the SIM another PIN than its own',
    remedy: 'find the PIN before it is tried again: a few wrong ones lock the SIM; sectag never sends one',
    facts: ['CME-29'],
  },
  {
    code: 23,
    meaning: 'memory failure',
    likely: 'the credential memory could not be written',
    remedy: 'check the supply, list what is held, and write again once; if it stays, suspect the memory',
    facts: ['CME-08'],
  },
  {
    code: 50,
    meaning: 'incorrect parameters',
    likely: 'a parameter is out of range for this firmware',
    remedy: 'check tag and type; look at what this firmware can do',
    facts: ['CME-09'],
  },
  {
    code: 51,
    meaning: 'not in this firmware build',
    likely: 'the command is switched off in this build',
    remedy: 'look at what this firmware can do',
    facts: ['CME-10'],
  },
  {
    code: 60,
    meaning: 'system error',
    likely: 'the modem failed inside',
    remedy: 'restart the board, list what is held, then repeat',
    facts: ['CME-11'],
  },
  {
    code: 513,
    meaning: 'not found',
    likely: 'the slot is empty',
    remedy: 'list the tag; a missing item needs no deleting, and is written with apply',
    facts: ['CME-12'],
  },
  {
    code: 514,
    meaning: 'not allowed',
    likely: 'this item cannot be read, or the tag or type is reserved',
    remedy: 'private keys, PSKs and client certificates cannot be read back; factory entries cannot be changed',
    facts: ['CME-13'],
  },
  {
    code: memoryFull,
    meaning: 'memory full',
    likely: 'the credential store has no room left',
    remedy: 'list all tags and erase those that are no longer used',
    facts: ['CME-14'],
  },
  {
    code: 518,
    meaning: 'not allowed while the modem is active',
    likely: 'the radio is on (CFUN 1, 2 or 21), or the application switched it on again in between',
    remedy: 'stop the application from using the modem, then repeat',
    facts: ['CME-15'],
  },
  {
    code: 519,
    meaning: 'already exists',
    likely: 'the slot holds an item that this firmware will not replace',
    remedy: 'erase the slot, then write it',
    facts: ['CME-16'],
  },
  {
    code: 520,
    meaning: 'exists, or authentication failed',
    likely: 'a public key is in that slot already',
    remedy: 'erase it first',
    facts: ['CME-17'],
  },
  {
    code: 522,
    meaning: 'band configuration conflict',
    likely: 'the system mode and the band lock contradict each other',
    remedy: 'check the band configuration',
    facts: ['CME-18'],
  },
  {
    code: 523,
    meaning: 'key generation failed',
    likely: 'the modem could not make a key',
    remedy: 'restart the board and repeat',
    facts: ['CME-19'],
  },
  {
    code: 525,
    meaning: 'token creation failed',
    likely: 'the modem could not sign',
    remedy: 'restart the board and repeat',
    facts: ['CME-20'],
  },
  {
    code: 527,
    meaning: 'invalid content',
    likely: 'the text is no PEM certificate with real line breaks',
    remedy: 'check the file: PEM with real line ends, not one line, not the two characters \\n',
    facts: ['CME-21'],
  },
  {
    code: 528,
    meaning: 'not allowed while the power-off warning is active',
    likely: 'the supply fell under the threshold of the power-off warning',
    remedy: 'raise the supply above 3.3 V, restart the modem, then repeat',
    facts: ['CME-22'],
  },
  {
    code: 529,
    meaning: 'claim token refused',
    likely: 'the modem would not make a claim token',
    remedy: 'look at what this firmware can do',
    facts: ['CME-23'],
  },
]

/** `+CMS ERROR` numbers. */
export const cmsCodes: readonly ResultCode[] = [
  {
    code: 300,
    meaning: 'SMS failed',
    likely: 'the modem could not handle the message',
    remedy: 'check registration and SIM',
    facts: ['CMS-01'],
  },
  {
    code: 524,
    meaning: 'SMS client dropped',
    likely: 'a delivery was not acknowledged in time',
    remedy: 'register the SMS client again',
    facts: ['CMS-05'],
  },
]

/** The entry of a number, if it is known. */
export function resultCode(kind: 'cme' | 'cms', code: number): ResultCode | undefined {
  return (kind === 'cme' ? cmeCodes : cmsCodes).find((entry) => entry.code === code)
}
