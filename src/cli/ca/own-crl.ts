import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Certificate, type Crl, checkCrl, readCrl } from '../../pki/index.ts'

const largestFile = 16 * 2 ** 20

/** The last CRL that the authority in this folder has made. */
export function latestCrlFile(folder: string): string {
  return join(folder, 'issuing.crl')
}

/** Reads the last CRL; undefined where there is none, or none that can be read. Its signature is not looked at. */
export function readLatestCrl(folder: string): Crl | undefined {
  return readCrlFile(latestCrlFile(folder))
}

/** The CRL in a file, if this CA has signed it; undefined for anything else. Throws what the system throws. */
export async function readOwnCrl(path: string, issuing: Certificate): Promise<Crl | undefined> {
  const crl = readCrlFile(path)
  if (crl === undefined) return undefined
  const faults = await checkCrl(crl, { issuing, now: 0, lasts: 0 })
  return faults.some(({ code }) => code === 'wrong-issuer' || code === 'wrong-signature') ? undefined : crl
}

function readCrlFile(path: string): Crl | undefined {
  const stat = existsSync(path) ? statSync(path) : undefined
  if (stat?.isFile() !== true || stat.size > largestFile) return undefined
  const read = readCrl(readFileSync(path, 'latin1'))
  return read.ok ? read.value : undefined
}
