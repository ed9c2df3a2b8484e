import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { BrokerCheckOrder } from '../../broker/index.ts'
import { armour, parsePem, readPrivateKey } from '../../pki/index.ts'
import { Secret, utf8 } from '../../terms/index.ts'
import { personality } from '../../virtual/index.ts'
import { fileNames } from '../ca/folder.ts'
import type { Context } from '../context.ts'
import { existingHome, homePath } from '../home/home.ts'
import { certificateProblem, pairProblem, type Unusable } from '../key-pair.ts'
import type { Ending, Output } from '../output.ts'
import { readPlace } from '../place.ts'
import { readText } from '../read-file.ts'
import type { Typed } from '../verb.ts'

const usualPort = 8883

/** What was typed behind `broker check`. */
interface CheckOptions {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  /** False for `--no-name`. */
  readonly name?: string | false
  readonly mfw?: string
  readonly timeout: number
  readonly home?: string
}

/** Reads what is to be checked and with what; an Ending where it cannot be. Nothing is connected yet. */
export function readOrder(context: Context, output: Output, typed: Typed): BrokerCheckOrder | Ending {
  const options = typed.options as unknown as CheckOptions
  const text = typed.args[1] ?? ''
  const { host, port = usualPort } = readPlace(text) ?? {}
  if (host === undefined)
    return wrong(`${text} is no place of a broker`, 'a host is expected, with a port behind it if it is not 8883')
  if (options.ca === undefined)
    return wrong('--ca is missing', 'a board believes only the root CA in its tag: name its file')
  const roots = readCertificates(context, '--ca', options.ca)
  if (typeof roots === 'object') return roots
  const client = readClient(context, output, options)
  if (client !== undefined && 'exit' in client) return client
  const line = options.mfw === undefined ? undefined : personality(options.mfw)
  if (options.mfw !== undefined && line === undefined)
    return wrong(`${options.mfw} is no firmware line that is known`, 'one such as 1.2.3, 1.3.7 or 2.0.2 is expected')
  if (typeof options.name === 'string' && !/^[\w.:-]{1,253}$/.test(options.name))
    return wrong(`${options.name} is no name of a host`, 'a DNS name or an address is expected')
  const name = options.name === false ? undefined : (options.name ?? host)
  const known = issuingCa(context, options)
  return {
    host,
    port,
    roots,
    ...(name !== undefined && { name }),
    ...(known !== undefined && { known }),
    ...(client !== undefined && { client }),
    ...(line !== undefined && { firmware: line.firmware }),
    clock: context.clock,
    patience: options.timeout * 1000,
    signal: AbortSignal.any([context.signal, context.readerGone]),
  }
}

function readCertificates(context: Context, flag: string, path: string): string | Ending {
  const text = readText(resolve(context.cwd, path), flag)
  if (typeof text === 'object') return text
  const problem = certificateProblem({ flag, name: path, text })
  if (problem !== undefined) return unusable(problem)
  const blocks = parsePem(text).blocks.filter(({ label }) => label === 'CERTIFICATE')
  return blocks.map((block) => armour(block)).join('')
}

function readClient(
  context: Context,
  output: Output,
  { cert, key }: CheckOptions,
): BrokerCheckOrder['client'] | Ending {
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined || key === undefined)
    return wrong('--cert and --key go together', 'a board shows its certificate and proves that it has the key')
  const chain = readCertificates(context, '--cert', cert)
  if (typeof chain === 'object') return chain
  const text = readText(resolve(context.cwd, key), '--key')
  if (typeof text === 'object') return text
  const secret = new Secret(utf8(text))
  output.know(secret)
  const read = readPrivateKey(parsePem(text).blocks)
  if ('code' in read) return wrong(`--key: ${read.text} (${key})`, read.next)
  const problem = pairProblem({ flag: '--cert', name: cert, text: chain }, { flag: '--key', name: key, text })
  if (problem !== undefined) return unusable(problem)
  return { chain, random: context.random, key: new Secret(utf8(armour({ label: 'PRIVATE KEY', der: read.pkcs8 }))) }
}

/** The issuing CA of one's own authority: it tells a chain that lacks it from a foreign one. */
function issuingCa(context: Context, { home }: CheckOptions): string | undefined {
  const found = existingHome(homePath(home, context.env, context.cwd))
  if (found === undefined) return undefined
  try {
    return readFileSync(join(found.ca, fileNames.issuingCertificate), 'utf8')
  } catch {
    return undefined
  }
}

function unusable(problem: Unusable): Ending {
  return { exit: 2, failure: { ...problem, state: 'nothing was tried' } }
}

function wrong(what: string, why: string): Ending {
  return { exit: 2, failure: { what, state: 'nothing was tried', why, next: 'sectag broker --help' } }
}
