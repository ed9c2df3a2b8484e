import { resolve } from 'node:path'
import { type Certificate, parsePem, readCertificate } from '../../pki/index.ts'
import { credentialType } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import { existingHome, homePath } from '../home/home.ts'
import { KnownBoard } from '../home/known.ts'
import type { Ending, Output } from '../output.ts'
import { readText } from '../read-file.ts'
import type { Typed } from '../verb.ts'
import { settleJob } from '../wanted.ts'

/** Whose session is waited for. */
export interface Awaited {
  readonly certificates: readonly Certificate[]
  /** The last write to the board that is known; 0 where none is. */
  readonly after: number
}

/** Reads whose session is waited for: a certificate's, a manifest's, or that of a board whose key was born inside. */
export async function readAwaited(context: Context, output: Output, typed: Typed): Promise<Awaited | Ending> {
  const { cert, imei, home } = typed.options as { cert?: string; imei?: string; home?: string }
  const [manifest] = typed.args
  const at = existingHome(homePath(home, context.env, context.cwd))
  const known = imei !== undefined && at !== undefined ? new KnownBoard(at, imei) : undefined
  const certificates = await whose(context, output, typed, known)
  if ('exit' in certificates) return certificates
  if (certificates.length > 0) return { certificates, after: known?.lastWrite ?? 0 }
  const named = manifest ?? cert ?? (imei === undefined ? undefined : `the board ${imei}`)
  return {
    exit: 2,
    failure: {
      what:
        named === undefined ? 'nothing says whose session to wait for' : `no client certificate is known from ${named}`,
      state: 'nothing was begun',
      why: '--cert FILE, a manifest with a certificate, or --imei of a board whose key was born inside, is needed',
      next: 'sectag watch --help',
    },
  }
}

async function whose(
  context: Context,
  output: Output,
  typed: Typed,
  known: KnownBoard | undefined,
): Promise<readonly Certificate[] | Ending> {
  const { cert } = typed.options
  const [manifest] = typed.args
  if (typeof cert === 'string') return ofFile(resolve(context.cwd, cert))
  const tags = new Set(known?.facts.flatMap((fact) => (fact.fact === 'enrolled' ? [fact.tag] : [])))
  const born = [...tags].flatMap((tag) => leafOf(known?.enrolled(tag)?.chain ?? ''))
  if (manifest === undefined) return born
  const settled = await settleJob(context, output, typed, { manifest: resolve(context.cwd, manifest) })
  if ('exit' in settled) return settled
  const wanted = [...settled.materials.values()].filter(({ slot }) => slot.type === credentialType.clientCertificate)
  return [...wanted.flatMap(({ certificates }) => certificates.slice(0, 1)), ...born]
}

function ofFile(path: string): readonly Certificate[] | Ending {
  const text = readText(path, '--cert')
  return typeof text === 'string' ? leafOf(text) : text
}

function leafOf(pem: string): Certificate[] {
  const block = parsePem(pem).blocks.find(({ label }) => label === 'CERTIFICATE')
  try {
    return block === undefined ? [] : [readCertificate(block.der)]
  } catch {
    // Not a certificate after all: nobody can be waited for by it.
    return []
  }
}
