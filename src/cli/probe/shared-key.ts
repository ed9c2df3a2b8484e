import { type ProbeRun, readAnswer } from '../../probe/index.ts'
import { DiskWatch } from '../home/disk-trouble.ts'
import type { Home } from '../home/home.ts'
import { type KeyOfTag, KnownBoard, knownBoards } from '../home/known.ts'
import type { Output } from '../output.ts'

/**
 * Warns of a private key that other boards were given too. Which board is at a probe only its writer tells, so this is known
 * when the board has the key already.
 */
export function warnOfSharedKey(output: Output, home: Home, run: ProbeRun, keys: readonly KeyOfTag[]): void {
  const { imei, answer, serial } = run
  const took = answer === undefined ? run.begun.includes('run') : readAnswer(answer).modemHas !== 'nothing'
  if (imei === undefined || !took) return
  let others: readonly string[] = []
  new DiskWatch().note(() => (others = otherHolders(home, imei, keys)))
  const [first, ...rest] = others
  if (first === undefined) return
  const many = rest.length === 0 ? '' : ` and ${rest.length} more`
  output.warn(
    'shared-key',
    `The private key that the board at probe ${serial} (IMEI ${imei}) was given, IMEI ${first}${many} was given before. A key that several boards have names none of them, and cannot be revoked for one: give each a certificate and a key of its own.`,
    { imei, others },
  )
}

/** The IMEIs of other boards that runs of ours have given one of these keys. */
function otherHolders(home: Home, imei: string, keys: readonly KeyOfTag[]): string[] {
  const given = new Set(keys.flatMap(({ key }) => key ?? []))
  if (given.size === 0) return []
  return knownBoards(home)
    .filter((other) => other !== imei)
    .filter((other) => new KnownBoard(home, other).hostKeys.some(({ key }) => key !== undefined && given.has(key)))
}
