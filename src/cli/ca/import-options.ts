import type { Command } from 'commander'
import type { AuthorityOptions } from './world.ts'

/** What was typed behind `ca import`. */
export interface ImportOptions extends AuthorityOptions {
  readonly rootCert?: string
  readonly rootKey?: string
  readonly issuingCert?: string
  readonly issuingKey?: string
  readonly keyPassphraseFile?: string
  /** The common name of a new issuing CA. */
  readonly name?: string
  readonly cert?: readonly string[]
  readonly keepKey?: boolean
  readonly crl?: string
}

/** The options of `ca import`, as commander names them. */
export const importOptionNames: readonly string[] = [
  'rootCert',
  'rootKey',
  'issuingCert',
  'issuingKey',
  'keyPassphraseFile',
  'name',
  'cert',
  'keepKey',
  'crl',
  'passphraseFile',
]

/** Adds them to the command. */
export function importOptions(command: Command): void {
  const collect = (name: string, names: readonly string[] | undefined): readonly string[] => [...(names ?? []), name]
  command
    .option('--root-cert <file>', 'import: the root CA, PEM or DER')
    .option('--root-key <file>', 'import: its key; needed where a new issuing CA is to be made under it')
    .option('--issuing-cert <file>', 'import: the CA that issues, under the root or the root itself')
    .option('--issuing-key <file>', 'import: its key')
    .option('--key-passphrase-file <file>', 'import: the passphrase of these keys, if another ($SECTAG_KEY_PASSPHRASE)')
    .option('--cert <file>', 'import: certificates that this CA issued elsewhere; may be repeated', collect)
    .option('--keep-key', 'import: keep private keys that stand beside them, encrypted')
    .option('--crl <file>', 'import: the last CRL that was made elsewhere; whom it names stays revoked')
}
