import { Argument } from 'commander'
import type { CaAction } from '../ca/action.ts'
import { backupAction } from '../ca/backup.ts'
import { crlAction } from '../ca/crl.ts'
import { wrong } from '../ca/endings.ts'
import { importAction } from '../ca/import.ts'
import { initAction } from '../ca/init.ts'
import { issueAction } from '../ca/issue.ts'
import { lineAction } from '../ca/line.ts'
import { caOptions } from '../ca/options.ts'
import { renewAction } from '../ca/renew.ts'
import { restoreAction } from '../ca/restore.ts'
import { revokeAction } from '../ca/revoke.ts'
import { showAction } from '../ca/show.ts'
import type { Ending } from '../output.ts'
import type { Typed, Verb } from '../verb.ts'

const actions: readonly CaAction[] = [
  initAction, //
  issueAction,
  renewAction,
  revokeAction,
  crlAction,
  importAction,
  backupAction,
  restoreAction,
  lineAction,
  showAction,
]
const everywhere = ['json', 'quiet', 'home']

const explained = `
${actions.map(({ name, explained: words }) => `${name.padEnd(8)}${words}`).join('\n')}

The passphrase comes from $SECTAG_CA_PASSPHRASE or --passphrase-file, never from a flag that others could see.
--out gets the certificate with the issuing CA behind it. The root is not in it: whoever checks must have it already, and
a modem takes no chain above 4096 bytes. \`sectag ca show --root\` prints it, for a board's --ca and a broker's cafile.`

/** `sectag ca` */
export const ca: Verb = {
  name: 'ca',
  summary: 'your own authority: make it, issue, renew and revoke certificates of brokers and boards, make CRLs',
  examples: [
    'sectag ca init --name my-fleet --passphrase-file ca.pass',
    'sectag ca issue --profile server --name broker.example --new-key broker.key --out broker.crt',
    'sectag ca revoke --cert BT36.crt --reason keyCompromise',
  ],
  shape(command) {
    command.addArgument(new Argument('<action>', 'what to do').choices(actions.map(({ name }) => name)))
    command.argument('[file]', 'backup, restore: the file')
    caOptions(command)
    command.addHelpText('after', explained)
  },
  async run(context, output, typed) {
    const action = actions.find(({ name }) => name === typed.args[0]) ?? showAction
    const [, file] = typed.args
    const options = { ...typed.options, ...(file !== undefined && { file }) }
    return strayOption(action, { ...typed, options }) ?? action.run({ context, output }, options)
  },
}

function strayOption({ name, options: own }: CaAction, { options }: Typed): Ending | undefined {
  const stray = Object.keys(options).find((option) => ![...own, ...everywhere].includes(option))
  if (stray === undefined) return undefined
  const flag = stray.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  if (stray === 'file')
    return wrong(`\`ca ${name}\` takes no file`, 'its files are named by options', 'sectag ca --help')
  return wrong(`--${flag} does not go with \`ca ${name}\``, 'each action has options of its own', 'sectag ca --help')
}
