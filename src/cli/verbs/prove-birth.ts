import { resolve } from 'node:path'
import { Option } from 'commander'
import type { Certificate } from '../../pki/index.ts'
import { type Bytes, fromHex } from '../../terms/index.ts'
import type { BirthCase, NoCase } from '../birth/case.ts'
import { checkAll } from '../birth/check-all.ts'
import { wrongBirth } from '../birth/endings.ts'
import { fileCases } from '../birth/from-files.ts'
import { certificatesIn, homeCases } from '../birth/from-home.ts'
import type { Context } from '../context.ts'
import { existingHome, type Home, homePath } from '../home/home.ts'
import { KnownBoard } from '../home/known.ts'
import { tagNumber } from '../options.ts'
import type { Ending, Output } from '../output.ts'
import { readText } from '../read-file.ts'
import type { Typed, Verb } from '../verb.ts'

const explained = `
A FILE is any text in which a proof stands: what %KEYGEN and %ATTESTTOKEN have answered, a dialogue, a log, the CSV of
attestation tokens; PEM certificates in the files are held against the proof. With --imei it is what \`apply --enrol\` kept.
Nobody is asked, neither a board nor Nordic: it rests on the identity key that was pinned, or that you name.`

/** `sectag prove-birth` */
export const proveBirth: Verb = {
  name: 'prove-birth',
  summary: 'check offline that a key was born in its modem, from device identity to certificate; touches no board',
  examples: [
    'sectag prove-birth --imei 351358811124757',
    'sectag prove-birth keygen.log attestation_tokens.csv board.crt --ca root.crt',
    'sectag prove-birth --imei 351358811124757 --tag 16842753 --json',
  ],
  shape(command) {
    command
      .argument('[files...]', 'texts with what %KEYGEN and %ATTESTTOKEN answered, and PEM certificates')
      .option('--imei <imei>', 'instead of files: what this home has kept of a board')
      .addOption(new Option('--tag <n>', 'only this security tag').argParser(tagNumber))
      .option('--ca <file>', "the root that the certificate must lead to; with --imei, else the home's own")
      .option('--identity-key <hex>', "the device's identity key, 65 octets, where no home has pinned it")
    command.addHelpText('after', explained)
  },
  async run(context, output, typed) {
    const cases = casesOf(context, output, typed)
    return 'exit' in cases ? cases : checkAll(output, cases, typed.line)
  },
}

interface Asked {
  readonly imei?: string
  readonly tag?: number
  readonly ca?: string
  readonly identityKey?: string
  readonly home?: string
}

function casesOf(context: Context, output: Output, { args, options }: Typed): readonly (BirthCase | NoCase)[] | Ending {
  const { imei, tag, ca, identityKey, home: named } = options as Asked
  if ((imei === undefined) === (args.length === 0))
    return wrongBirth('nothing says which proof, or two things do', oneOf)
  if (imei !== undefined && identityKey !== undefined)
    return wrongBirth('--identity-key does not go with --imei', pinStays)
  const root = ca === undefined ? undefined : rootIn(context, ca)
  if (root !== undefined && 'exit' in root) return root
  const key = identityKey === undefined ? undefined : pointOf(identityKey)
  if (key !== undefined && 'exit' in key) return key
  const only = { ...(tag !== undefined && { tag }), ...(root !== undefined && { root }) }
  const home = existingHome(homePath(named, context.env, context.cwd))
  if (imei !== undefined) return boardCases(output, home, imei, only)
  return fileCases(context, home, { ...only, names: args, ...(key !== undefined && { identityKey: key }) })
}

const oneOf = 'either files or --imei is needed'
const pinStays = 'what was pinned for a board is not replaced by a flag'

function rootIn(context: Context, name: string): Certificate | Ending {
  const pem = readText(resolve(context.cwd, name), '--ca')
  if (typeof pem !== 'string') return pem
  return certificatesIn(pem)[0] ?? wrongBirth(`${name} holds no certificate`, 'a root CA as PEM is needed')
}

function boardCases(
  output: Output,
  home: Home | undefined,
  imei: string,
  only: Parameters<typeof homeCases>[2],
): readonly (BirthCase | NoCase)[] | Ending {
  const isImei = /^\d{1,20}$/.test(imei)
  const known = home === undefined || !isImei ? undefined : new KnownBoard(home, imei)
  if (home === undefined || known === undefined || known.facts.length === 0)
    return wrongBirth(
      `nothing is known here of a board ${imei}`,
      'no run of this home has written to it; --home names another one',
    )
  if (known.damaged !== undefined)
    output.warn('known-damaged', `${known.damaged} has lines that cannot be read; more may be known than is told here.`)
  const cases = homeCases(home, imei, only)
  if (cases.length > 0) return cases
  return [
    { name: `board ${imei}`, without: 'no-proof', why: 'no key was born or written there, as far as this home knows' },
  ]
}

function pointOf(text: string): Bytes | Ending {
  if (/^04[0-9a-f]{128}$/i.test(text)) return fromHex(text)
  return wrongBirth(
    '--identity-key is no P-256 point',
    '65 octets in hexadecimal, 04 in front, are needed, as the row `identity key` prints them',
  )
}
