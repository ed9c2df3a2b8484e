import type { CauseEntry } from '../cause.ts'

const rewrite = {
  do: 'keep the evidence, look at the supply, then write the missing items with the radio off, and list again: `sectag apply`',
  costs: 'minutes, by cable; without one, somebody goes there',
  risks: 'a write at a low supply can damage the store; a key that exists nowhere else cannot be written again',
} as const

/** Causes in the credential store of the device. */
export const storeCauses: readonly CauseEntry[] = [
  {
    cause: 'cred-slot-empty',
    group: 'store',
    meaning: 'the security tag that the application uses holds nothing, or not what it needs',
    prior: 0.08,
    remedy: rewrite,
    prevention: 'a presence check at boot whose alarm needs no TLS; write only where the listing differs',
    facts: ['ERR-01', 'ERR-21', 'CMNG-38', 'LOSS-52'],
  },
  {
    cause: 'cred-lost-after-power-event',
    group: 'store',
    meaning: 'the credentials were there, and are gone since something happened to the power',
    prior: 0.03,
    remedy: rewrite,
    prevention:
      '`AT+CFUN=0` before power goes, the power-off warning on, no writes at every boot, a presence check at boot, newer modem firmware where the hardware allows it',
    facts: ['LOSS-32', 'LOSS-43', 'LOSS-49', 'LOSS-50', 'LOSS-51', 'LOSS-52'],
  },
  {
    cause: 'cred-set-incomplete',
    group: 'store',
    meaning: 'some of root CA, client certificate and private key are missing in the tag',
    prior: 0.05,
    remedy: { ...rewrite, do: 'write what is missing with the radio off, and list all types again: `sectag apply`' },
    prevention: 'a listing of all types after every write: `sectag verify`',
    facts: ['ERR-83', 'TLS-11', 'CMNG-15'],
  },
  {
    cause: 'cred-wrong-sec-tag',
    group: 'store',
    meaning: 'the application opens its socket with another tag than the one that was written',
    prior: 0.05,
    remedy: {
      do: 'write the set to the tag that the application uses, or build the application with the tag that is full',
      costs: 'minutes by cable, or an update of the application',
      risks: 'an update over the air needs the very connection that is missing',
    },
    prevention: 'one place that names the tag, for the build and for the manifest',
    facts: ['ERR-100', 'TLS-09'],
  },
  {
    cause: 'cred-wrong-ca',
    group: 'store',
    meaning:
      "the device does not trust the server's certificate: another root CA is stored than the one that signed it",
    prior: 0.08,
    remedy: {
      do: 'look at the chain that the server serves, then write the root at its end with the radio off',
      costs: 'minutes, by cable; or an update of the application, while it still connects somewhere',
      risks: 'the old root is replaced; other servers that need it would be lost',
    },
    prevention: 'store the root and never a leaf; watch the dates of the chain that the server serves',
    facts: ['ERR-84', 'TLS-14', 'TLS-15'],
  },
  {
    cause: 'server-ca-rotated',
    group: 'store',
    meaning: "the server's chain changed or expired, while the devices stayed as they were",
    prior: 0.04,
    remedy: {
      do: 'let the server serve a chain to the root that the devices hold; the devices need nothing then',
      costs: 'one change at the server',
      risks: 'none for the devices; writing them anew first is work that the server can spare',
    },
    prevention: 'bring the new root to the devices before the server changes, and keep both for a while',
    facts: ['ERR-84', 'TLS-14'],
  },
  {
    cause: 'key-cert-mismatch',
    group: 'store',
    meaning: 'the private key and the client certificate in the tag are no pair',
    prior: 0.03,
    remedy: {
      do: 'compare the public keys of the files, then write both anew with the radio off',
      costs: 'minutes, by cable',
      risks: 'a key that was born in the modem cannot be replaced by a file: the certificate has to be issued anew',
    },
    prevention:
      'write certificate and key in one go, from one manifest: `sectag apply` refuses a pair that does not fit',
    facts: ['ERR-83', 'PEM-06'],
  },
  {
    cause: 'pem-format',
    group: 'store',
    meaning:
      'what was written is no well-formed PEM: line ends are missing or written as escapes, or the end is cut off',
    prior: 0.04,
    remedy: {
      do: 'write the file as it is, with real line ends: `sectag apply` does',
      costs: 'minutes, by cable',
      risks: 'old firmware answers OK to a malformed text, and fails only at the handshake',
    },
    prevention: 'never paste a PEM into a terminal; list and compare the digest afterwards',
    facts: ['PEM-03', 'PEM-14', 'PEM-17', 'PEM-18', 'PEM-30', 'CME-21'],
  },
  {
    cause: 'supply-voltage-low',
    group: 'store',
    meaning: 'the modem refuses to write because its power-off warning is active',
    prior: 0.02,
    remedy: {
      do: 'raise the supply, check `AT%XVBAT`, then write again',
      costs: 'minutes at the bench',
      risks: 'none; switching the warning off instead risks the store',
    },
    prevention: 'a check of `AT%XVBAT` before every write, on the jig too',
    facts: ['CME-22', 'POW-10', 'POW-12', 'POW-13', 'POW-15'],
  },
]
