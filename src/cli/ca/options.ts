import { type Command, Option } from 'commander'
import { leafReasons } from '../../pki/index.ts'
import { atLeastOne, wholeNumber } from '../options.ts'
import { importOptions } from './import-options.ts'
import { lineOptions } from './line-options.ts'
import { passphraseOption } from './passphrase.ts'

/** Every option of every action of `sectag ca`, in the order of its help. */
export function caOptions(command: Command): void {
  command
    .addOption(
      new Option(
        '--name <name>',
        'init, line, import: its name; issue: DNS name or IP address of a server, may be repeated',
      ).argParser((name: string, names: readonly string[] | undefined) => [...(names ?? []), name]),
    )
    .option('--crl-url <url>', 'init: where the CRL will be found, http; certificates say it for ever')
    .addOption(new Option('--profile <kind>', 'issue: what for').choices(['server', 'device', 'device-forever']))
    .option('--request <file>', 'issue, renew: a certificate signing request, PEM or DER')
    .option('--new-key <file>', 'issue, renew: make a P-256 key and put it there, in place of --request')
    .option('--subject <text>', "issue: the common name, else the request's or a server's first name; revoke: whose")
    .addOption(
      new Option('--days <n>', 'issue, renew: how long it is in use (server 365, device 3285); crl: 30').argParser(
        wholeNumber,
      ),
    )
    .addOption(
      new Option('--shelf-days <n>', 'issue, renew: how long it may lie before that (device 365)').argParser(
        atLeastOne,
      ),
    )
    .option('--out <file>', 'issue, renew: where the certificate goes, never over a file; crl: a copy; line: its home')
    .option('--cert <file>', 'renew, revoke: the certificate that is meant')
    .option('--serial <hex>', 'revoke: the serial number that is meant')
    .addOption(new Option('--reason <word>', 'revoke: why, as the CRL says it').choices(leafReasons))
    .option('--all', 'revoke: all certificates of that --subject')
    .option('--root', "show: print the root's PEM and nothing else")
  importOptions(command)
  lineOptions(command)
  passphraseOption(command)
}
