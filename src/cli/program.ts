import { Command, CommanderError, Option } from 'commander'
import { broken } from './broken.ts'
import type { Context } from './context.ts'
import { type Mode, Output } from './output.ts'
import type { Verb } from './verb.ts'
import { shellWord } from './shell-word.ts'
import { verbs } from './verbs/index.ts'
import { wrongUsage } from './wrong-usage.ts'

/** What a command line turned out to mean. */
type Chosen = { verb: Verb; args: string[]; options: Record<string, unknown> }

const summary = 'Looks after the TLS credentials inside Nordic nRF91 modems.'

/** The command line as commander sees it. `choose` hears which verb was typed. */
export function buildProgram(version: string, choose: (chosen: Chosen) => void): Command {
  const program = new Command('sectag').description(summary).version(version, '-V, --version', 'show the version')
  program.helpCommand(false).showHelpAfterError(false).allowExcessArguments(false)
  for (const verb of verbs) {
    const command = new Command(verb.name).description(verb.summary).allowExcessArguments(false)
    verb.shape(command)
    command
      .addOption(new Option('--json', 'JSON lines for machines').conflicts('quiet'))
      .option('--quiet', 'print nothing but failures')
      .option('--home <folder>', 'where sectag keeps its journals and the authority ($SECTAG_HOME)')
      .addHelpText('after', `\nExamples:\n${verb.examples.map((example) => `  ${example}`).join('\n')}`)
      .action(() => choose({ verb, args: command.args, options: command.opts() }))
    program.addCommand(command)
  }
  program.addHelpText(
    'after',
    '\nExamples:\n  sectag demo\n  sectag list --port /dev/ttyACM0\n  sectag apply --port /dev/ttyACM0 --tag 16842753 --ca root.crt --cert board.crt --key board.key',
  )
  return program
}

/** Runs one command line and returns its exit code. Nothing is thrown at the caller: what breaks is our own fault, 70. */
export async function runCommand(argv: readonly string[], version: string, context: Context): Promise<number> {
  const chosen = choose(argv, version, context)
  if (typeof chosen === 'number') return chosen
  const { verb, args, options } = chosen
  const line = ['sectag', ...argv].map(shellWord).join(' ')
  const run = (other: readonly string[], around: Context): Promise<number> => runCommand(other, version, around)
  const output = outputFor(modeOf(options), context)
  const ending = await verb
    .run(context, output, { args, options, line, verbs, run })
    .catch((error: unknown) => broken(error))
  output.end(verb.name, ending)
  return ending.exit
}

function choose(argv: readonly string[], version: string, context: Context): Chosen | number {
  let chosen: Chosen | undefined
  const complaints: string[] = []
  const program = buildProgram(version, (typed) => {
    chosen = typed
  })
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: context.out, writeErr: (text) => complaints.push(text.trim()) })
  }
  if (argv.length === 0) {
    program.outputHelp()
    return 0
  }
  try {
    // Environment variables come in with the context, never from the process.
    program.parse(environmentFirst(argv, context), { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return 0
    return told(argv, complaints, context)
  }
  return chosen ?? told(argv, complaints, context)
}

/** `$SECTAG_PORT` stands in for `--port` on verbs that have it, unless what was typed says otherwise how a board is reached. */
function environmentFirst(argv: readonly string[], context: Context): string[] {
  const port = context.env['SECTAG_PORT']
  const verb = verbs.find((candidate) => candidate.name === argv[0])
  const asks =
    verb !== undefined &&
    takesPort(verb) &&
    !argv.some((word) => /^(?:-p|--port|--probe|--boards|--writer|--only|--program-app|--unlock)/.test(word))
  return asks && port !== undefined && port !== '' ? [...argv, '--port', port] : [...argv]
}

function takesPort(verb: Verb): boolean {
  const command = new Command()
  verb.shape(command)
  return command.options.some((option) => option.long === '--port')
}

function told(argv: readonly string[], complaints: readonly string[], context: Context): number {
  const { verb, failure } = wrongUsage(argv, complaints, verbs)
  const output = outputFor(argv.includes('--json') ? 'json' : 'table', context)
  output.end(verb ?? 'sectag', { exit: 2, failure })
  return 2
}

function modeOf(options: Record<string, unknown>): Mode {
  if (options['json'] === true) return 'json'
  return options['quiet'] === true ? 'quiet' : 'table'
}

function outputFor(mode: Mode, { out, err, clock, colour, columns }: Context): Output {
  return new Output({ mode, out, err, clock, colour, ...(columns !== undefined && { columns }) })
}
