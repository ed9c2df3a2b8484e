import type { Command } from 'commander'

/** What can be typed behind `ca import` beside the options of others. */
export interface ImportFlags {
  readonly rootCert?: string
  readonly rootKey?: string
  readonly issuingCert?: string
  readonly issuingKey?: string
  readonly keyPassphraseFile?: string
  readonly issued?: readonly string[]
  readonly keepKey?: boolean
  readonly crl?: string
}

/** The options that are its own. */
export function importOptions(command: Command): void {
  const collect = (name: string, names: readonly string[] | undefined): readonly string[] => [...(names ?? []), name]
  command
    .option('--root-cert <file>', 'import: the root CA, PEM or DER')
    .option('--root-key <file>', 'import: its key; needed where a new issuing CA is to be made under it')
    .option('--issuing-cert <file>', 'import: the CA that issues, under the root or the root itself')
    .option('--issuing-key <file>', 'import: its key')
    .option('--key-passphrase-file <file>', 'import: the passphrase of these keys, if another ($SECTAG_KEY_PASSPHRASE)')
    .option('--issued <file>', 'import: certificates that this CA issued elsewhere; may be repeated', collect)
    .option('--keep-key', 'import: keep private keys that stand beside them, encrypted')
    .option('--crl <file>', 'import: the last CRL that was made elsewhere; whom it names stays revoked')
}
