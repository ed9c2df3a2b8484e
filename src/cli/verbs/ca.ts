import { Argument, Option } from 'commander'
import type { IssueProfile } from '../../pki/index.ts'
import { importAction } from '../ca/import.ts'
import { importOptionNames, importOptions } from '../ca/import-options.ts'
import { init } from '../ca/init.ts'
import { wrong } from '../ca/endings.ts'
import { issue } from '../ca/issue.ts'
import { line } from '../ca/line.ts'
import { lineOptionNames, lineOptions } from '../ca/line-options.ts'
import { passphraseOption } from '../ca/passphrase.ts'
import { show } from '../ca/show.ts'
import type { AuthorityOptions } from '../ca/world.ts'
import { wholeNumber } from '../options.ts'
import type { Ending } from '../output.ts'
import type { Typed, Verb } from '../verb.ts'

type Action = 'init' | 'issue' | 'show' | 'import' | 'line'

const actions: readonly Action[] = ['init', 'issue', 'show', 'import', 'line']

/** Which options go with which action, as commander names them. */
const belongs: Readonly<Record<Action, readonly string[]>> = {
  init: ['name', 'passphraseFile'],
  issue: ['profile', 'request', 'newKey', 'subject', 'name', 'days', 'out', 'passphraseFile'],
  show: ['root'],
  import: importOptionNames,
  line: lineOptionNames,
}
const everywhere = ['json', 'quiet', 'home']

const explained = `
init   makes <home>/ca: a root CA and an issuing CA under it, their keys encrypted with the passphrase
issue  signs for a request, or makes a new key: unencrypted PKCS#8, as Mosquitto and a modem need it
line   makes a home for a production line: its CA certifies so many devices until a date; needs root.key
import takes over a CA from elsewhere, certificates that it issued there, or its last CRL
show   what there is, where it is, and what runs out; it needs no passphrase

The passphrase comes from $SECTAG_CA_PASSPHRASE or --passphrase-file, never from a flag that others could see.
--out gets the certificate with the issuing CA behind it. The root is not in it: whoever checks must have it already, and
a modem takes no chain above 4096 bytes. \`sectag ca show --root\` prints it, for a board's --ca and a broker's cafile.`

/** `sectag ca` */
export const ca: Verb = {
  name: 'ca',
  summary: 'your own authority: make it, issue certificates for brokers and boards, look at it',
  examples: [
    'sectag ca init --name my-fleet --passphrase-file ca.pass',
    'sectag ca issue --profile server --name broker.example --new-key broker.key --out broker.crt',
    'sectag ca show --root > root.crt',
  ],
  shape(command) {
    command.addArgument(new Argument('<action>', 'what to do').choices(actions))
    command
      .addOption(
        new Option(
          '--name <name>',
          'init: its name; issue: DNS name or IP address of a server, may be repeated',
        ).argParser((name: string, names: readonly string[] | undefined) => [...(names ?? []), name]),
      )
      .addOption(new Option('--profile <kind>', 'issue: what for').choices(['server', 'device']))
      .option('--request <file>', 'issue: a certificate signing request, PEM or DER')
      .option('--new-key <file>', 'issue: make a P-256 key and put it there, in place of --request')
      .option('--subject <text>', "issue: the common name; else the request's, or a server's first name")
      .addOption(
        new Option('--days <n>', 'issue: how long it is valid (server 365, device 3650)').argParser(wholeNumber),
      )
      .option('--out <file>', 'issue: where the certificate goes; a file is never replaced')
      .option('--root', "show: print the root's PEM and nothing else")
    importOptions(command)
    lineOptions(command)
    passphraseOption(command)
    command.addHelpText('after', explained)
  },
  run(context, output, typed) {
    const action = typed.args[0] as Action
    const stray = strayOption(action, typed)
    if (stray !== undefined) return Promise.resolve(stray)
    const world = { context, output }
    const options = authorityOptions(typed)
    const names = (typed.options['name'] ?? []) as readonly string[]
    if (action === 'issue') return issue(world, { ...options, ...issueOptions(typed), names })
    if (action === 'show') return show(world, { ...options, root: typed.options['root'] === true })
    const [name, ...more] = names
    const { name: _, ...flags } = typed.options
    if (action === 'import') return importAction(world, { ...flags, ...(name !== undefined && { name }) })
    if (action === 'line') return line(world, { ...flags, ...(name !== undefined && { name }) })
    if (more.length > 0) return Promise.resolve(wrong('an authority has one name', 'several were given', usage))
    return init(world, { ...options, ...(name !== undefined && { name }) })
  },
}

const usage = 'sectag ca --help'

function strayOption(action: Action, { options }: Typed): Ending | undefined {
  const stray = Object.keys(options).find((name) => ![...belongs[action], ...everywhere].includes(name))
  if (stray === undefined) return undefined
  const flag = stray.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return wrong(`--${flag} does not go with \`ca ${action}\``, 'each action has options of its own', usage)
}

function authorityOptions({ options }: Typed): AuthorityOptions {
  const { home, passphraseFile } = options as AuthorityOptions
  return { ...(home !== undefined && { home }), ...(passphraseFile !== undefined && { passphraseFile }) }
}

function issueOptions({ options }: Typed) {
  const typed = options as {
    profile?: IssueProfile
    request?: string
    newKey?: string
    subject?: string
    days?: number
    out?: string
  }
  const { profile, request, newKey, subject, days, out } = typed
  return {
    ...(profile !== undefined && { profile }),
    ...(request !== undefined && { request }),
    ...(newKey !== undefined && { newKey }),
    ...(subject !== undefined && { subject }),
    ...(days !== undefined && { days }),
    ...(out !== undefined && { out }),
  }
}
