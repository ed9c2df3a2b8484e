import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Dialect, dialects } from '../at/index.ts'
import { defaultBaud, type SerialOptions } from '../port/index.ts'
import { credentialType, type Proof, proofs } from '../terms/index.ts'
import { type EnrolProfile, enrolProfiles } from '../plan/index.ts'
import type { BoardOptions } from './board.ts'
import type { Context } from './context.ts'
import type { ItemFlag, Job } from './job.ts'
import { shellWord } from './shell-word.ts'
import type { Ending } from './output.ts'
import type { Typed } from './verb.ts'

/** Reads a whole number for commander; anything else is a usage error. */
export function wholeNumber(text: string): number {
  return numberFrom(0, text)
}

function numberFrom(least: 0 | 1, text: string): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : -1
  if (number < least) throw new InvalidArgumentError(`A whole number, ${least} or more, is expected.`)
  return number
}

/** A security tag: what fits in 32 bits. */
export function tagNumber(text: string): number {
  const tag = wholeNumber(text)
  if (tag > 0xffff_ffff) throw new InvalidArgumentError('A security tag is at most 4294967295.')
  return tag
}

/** A speed or a count: one or more. */
export function atLeastOne(text: string): number {
  return numberFrom(1, text)
}

function onOff(text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new InvalidArgumentError('on or off is expected.')
  return text === 'on'
}

const typeWords: Record<string, number> = {
  ca: credentialType.rootCa,
  certificate: credentialType.clientCertificate,
  key: credentialType.privateKey,
  psk: credentialType.psk,
  'psk-identity': credentialType.pskIdentity,
}

function typeWord(text: string): number {
  const type = typeWords[text] ?? (/^\d{1,3}$/.test(text) ? Number(text) : undefined)
  if (type === undefined)
    throw new InvalidArgumentError(`One of ${Object.keys(typeWords).join(', ')}, or a number, is expected.`)
  return type
}

/** `--port` and how to open it, on every verb that talks to a board. */
export function boardOptions(command: Command): void {
  command
    // Read by commander, the environment would conflict with `--probe` as if it had been typed: see `environmentFirst`.
    .addOption(new Option('-p, --port <port>', 'the port, see `sectag ports` (env: SECTAG_PORT)'))
    .addOption(new Option('--baud <n>', `bits a second (${defaultBaud})`).argParser(atLeastOne))
    .addOption(new Option('--flow <kind>', 'flow control').choices(['none', 'rtscts']).default('none'))
    .addOption(new Option('--dtr <on|off>', 'set DTR; left alone unless given').argParser(onOff))
    .addOption(new Option('--rts <on|off>', 'set RTS; left alone unless given').argParser(onOff))
    .addOption(
      new Option('--backend <kind>', 'how serial ports are opened')
        .choices(['serialport', 'tty'])
        .default('serialport'),
    )
    .addOption(new Option('--dialect <name>', 'how the board is spoken to; found out unless given').choices(dialects))
}

/** `--transcript`, on verbs that do not write one anyway. */
export function transcriptOption(command: Command): void {
  command.option('--transcript <file>', 'append the dialogue to a file, secrets struck out')
}

/** The value of `--port` and its companions; an Ending where it is missing. */
export function readBoardOptions({ options }: Typed): BoardOptions | Ending {
  const port = options['port']
  if (typeof port !== 'string') return noPort
  const { baud, flow, dtr, rts, backend } = options as SerialOptions
  const dialect = options['dialect'] as Dialect | undefined
  const transcript = options['transcript'] as string | undefined
  const home = options['home'] as string | undefined
  return {
    port,
    at: boardWords(options),
    serial: {
      flow: flow ?? 'none',
      backend: backend ?? 'serialport',
      ...(baud !== undefined && { baud }),
      ...(dtr !== undefined && { dtr }),
      ...(rts !== undefined && { rts }),
    },
    ...(dialect !== undefined && { dialect }),
    ...(transcript !== undefined && { transcript }),
    ...(home !== undefined && { home }),
  }
}

/** `--port` and whatever else was typed to reach this board, as it would be typed again. */
export function boardWords(options: Typed['options']): string {
  const { port, baud, flow, dtr, rts, backend, dialect, home } = options
  const onOffWord = (value: unknown): string => (value === true ? 'on' : 'off')
  return [
    ['--port', port],
    ['--baud', baud],
    ['--flow', flow === 'none' ? undefined : flow],
    ['--dtr', dtr === undefined ? undefined : onOffWord(dtr)],
    ['--rts', rts === undefined ? undefined : onOffWord(rts)],
    ['--backend', backend === 'serialport' ? undefined : backend],
    ['--dialect', dialect],
    ['--home', home],
  ]
    .filter(([, value]) => value !== undefined)
    .map(([flag, value]) => `${String(flag)} ${shellWord(String(value))}`)
    .join(' ')
}

const noPort: Ending = {
  exit: 2,
  failure: {
    what: 'no port was named',
    state: 'no board was touched',
    why: 'neither --port nor $SECTAG_PORT is set',
    next: 'sectag ports',
  },
}

/** A manifest, or `--tag` with the files for it. */
export function jobOptions(command: Command): void {
  command
    .argument('[manifest]', "a manifest.yaml, or the desktop tool's JSON")
    .addOption(new Option('--tag <n>', 'the security tag, instead of a manifest').argParser(tagNumber))
    .option('--ca <file>', 'the root CA, PEM')
    .option('--cert <file>', 'the client certificate or chain, PEM')
    .option('--key <file>', 'the private key, PEM')
    .option('--psk <file>', 'a pre-shared key, hexadecimal')
    .option('--psk-identity <text>', 'the identity that goes with the PSK')
    .addOption(
      new Option(
        '--enrol <profile>',
        'instead of --cert and --key: a key born in the modem, certified by `sectag ca`',
      ).choices(enrolProfiles),
    )
}

const flagNames: readonly [ItemFlag, string][] = [
  ['ca', 'ca'],
  ['certificate', 'cert'],
  ['key', 'key'],
  ['psk', 'psk'],
  ['psk-identity', 'pskIdentity'],
]

/** The flags that were typed of those that say what a tag is to hold. */
export function jobFlags({ options }: Typed): string[] {
  const all = ['tag', ...flagNames.map(([, option]) => option), 'enrol']
  const typed = all.filter((name) => options[name] !== undefined)
  return typed.map((name) => `--${name.replace('pskIdentity', 'psk-identity')}`)
}

/** The job that was typed; an Ending where it is none or two. */
export function readJobOptions(context: Context, { args, options }: Typed, verb: string): Job | Ending {
  const manifest = args[0]
  const tag = options['tag'] as number | undefined
  const flags = flagNames.flatMap(([flag, option]): [ItemFlag, string][] => {
    const value = options[option]
    if (typeof value !== 'string') return []
    return [[flag, flag === 'psk-identity' ? value : resolve(context.cwd, value)]]
  })
  if (manifest !== undefined && (tag !== undefined || flags.length > 0 || options['enrol'] !== undefined)) {
    return wrongJob(
      'both a manifest and flags say what is wanted',
      `sectag ${verb} ${boardWords(options)} ${shellWord(manifest)}`,
    )
  }
  if (manifest !== undefined) return { manifest: resolve(context.cwd, manifest) }
  if (tag === undefined) return wrongJob('nothing says what is wanted', `sectag ${verb} --help`)
  const enrol = options['enrol'] as EnrolProfile | undefined
  if (enrol !== undefined) return { tag, flags, enrol }
  if (flags.length === 0) return wrongJob(`nothing is wanted in tag ${tag}`, `sectag ${verb} --help`)
  return { tag, flags }
}

function wrongJob(what: string, next: string): Ending {
  return {
    exit: 2,
    failure: { what, state: 'no board was touched', why: 'a manifest, or --tag with files, is needed', next },
  }
}

/** `--proof`: the grade that is good enough. */
export function proofOption(command: Command): void {
  const grades = proofs.filter((proof) => proof !== 'none')
  command.addOption(new Option('--proof <grade>', 'the grade that is asked for (default: digest)').choices(grades))
}

/** The grade that was asked for. */
export function readProof(typed: Typed): Proof {
  return readAskedProof(typed) ?? 'digest'
}

/** The grade that was typed; undefined where none was. */
export function readAskedProof({ options }: Typed): Proof | undefined {
  return options['proof'] as Proof | undefined
}

/** `--tag` and `--type`, to look at or erase part of a store. */
export function slotOptions(command: Command): void {
  command
    .addOption(new Option('--tag <n>', 'only this security tag').argParser(tagNumber))
    .addOption(
      new Option('--type <type>', 'only this type: ca, certificate, key, psk, psk-identity').argParser(typeWord),
    )
}

/** The part of a store that was named. */
export function readSlot({ options }: Typed): { tag?: number; type?: number } {
  const tag = options['tag'] as number | undefined
  const type = options['type'] as number | undefined
  return { ...(tag !== undefined && { tag }), ...(type !== undefined && { type }) }
}

/** `--yes`, `--dry-run`, `--despite-pin`, on verbs that change a board. */
export function changeOptions(command: Command): void {
  command
    .option('--dry-run', 'show what would be done, and do nothing')
    .option('--yes', 'do not ask, also where something on the board is replaced or erased')
    .option('--despite-pin', 'switch the radio off although the SIM will ask for its PIN again')
}
