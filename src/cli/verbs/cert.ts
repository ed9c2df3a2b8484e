import { Argument, Option } from 'commander'
import { type CertificateRole, certificateRoles } from '../../plan/index.ts'
import { wrong } from '../ca/endings.ts'
import { inspect } from '../cert/inspect.ts'
import { lint } from '../cert/lint.ts'
import { needsRenewal } from '../cert/needs-renewal.ts'
import type { Ending } from '../output.ts'
import type { Typed, Verb } from '../verb.ts'

const actions = ['inspect', 'lint', 'needs-renewal'] as const

/** Which options go with which action, as commander names them. */
const belongs: Readonly<Record<(typeof actions)[number], readonly string[]>> = {
  inspect: [],
  lint: ['for', 'strict'],
  'needs-renewal': ['expiresIn', 'bundle'],
}
const everywhere = ['json', 'quiet', 'home']

const explained = `
inspect        what stands in it: names, dates, key, purposes, bytes, fingerprints, order; nothing is judged
lint           what a modem, or the broker that it meets, would mind; each with its ground (docs/facts) and its cure
needs-renewal  exit 0: it is due · 1: not yet · 2: there is no such file, or no certificate in it; so a script can say
               \`sectag cert needs-renewal board.crt && renew-it\`. As \`step certificate needs-renewal\` has it

A file is PEM or DER. A private key in it is told of, and never printed. No home is needed, and nothing is changed.`

/** `sectag cert` */
export const cert: Verb = {
  name: 'cert',
  summary: 'look at a certificate file: what it says, what a modem would mind, whether its renewal is due',
  examples: [
    'sectag cert inspect board.crt',
    'sectag cert lint broker.crt --for server',
    'sectag cert needs-renewal board.crt --expires-in 30d',
  ],
  shape(command) {
    command
      .addArgument(new Argument('<action>', 'what to do').choices(actions))
      .argument('<file>', 'certificates, PEM or DER')
      .addOption(new Option('--for <role>', 'lint: what it is for; found out unless given').choices(certificateRoles))
      .option('--strict', 'lint: warnings count too')
      .option('--expires-in <span>', 'needs-renewal: a share of its life, or a time before its end (two thirds)')
      .option('--bundle', 'needs-renewal: every certificate of the file, not only the first')
      .addHelpText('after', explained)
  },
  async run(context, output, typed) {
    const [action, name] = typed.args as [(typeof actions)[number], string]
    const stray = strayOption(action, typed)
    if (stray !== undefined) return stray
    const world = { context, output }
    const options = typed.options as { for?: CertificateRole; strict?: boolean; expiresIn?: string; bundle?: boolean }
    const { for: role, expiresIn } = options
    if (action === 'inspect') return inspect(world, name)
    if (action === 'lint')
      return lint(world, name, { strict: options.strict === true, ...(role !== undefined && { role }) })
    const bundle = options.bundle === true
    return needsRenewal(world, name, { bundle, ...(expiresIn !== undefined && { expiresIn }) })
  },
}

function strayOption(action: (typeof actions)[number], { options }: Typed): Ending | undefined {
  const stray = Object.keys(options).find((name) => ![...belongs[action], ...everywhere].includes(name))
  if (stray === undefined) return undefined
  const flag = stray.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return wrong(
    `--${flag} does not go with \`cert ${action}\``,
    'each action has options of its own',
    'sectag cert --help',
  )
}
