import { readFileSync, statSync } from 'node:fs'
import { type BrokerFiles, readBrokerFiles } from '../../broker/index.ts'

/** Where the files lie that a broker judges its clients by. */
export interface BrokerPaths {
  readonly roots?: string
  readonly revocations?: string
}

/** Reads them when they are asked for, and again when they have changed: brokers are given new lists while they run. */
export function followBrokerFiles(paths: BrokerPaths): () => BrokerFiles {
  let stamp: string | undefined
  let files = readBrokerFiles({})
  return () => {
    const now = `${stampOf(paths.roots)} ${stampOf(paths.revocations)}`
    if (now !== stamp) {
      const [roots, revocations] = [textOf(paths.roots), textOf(paths.revocations)]
      files = readBrokerFiles({
        ...(roots !== undefined && { roots }),
        ...(revocations !== undefined && { revocations }),
      })
      stamp = now
    }
    return files
  }
}

function stampOf(path: string | undefined): string {
  const { ino, size, mtimeMs } = (path === undefined ? undefined : statSync(path, { throwIfNoEntry: false })) ?? {}
  return `${ino}:${size}:${mtimeMs}`
}

/** A file that is gone, or being replaced, says nothing. */
function textOf(path: string | undefined): string | undefined {
  try {
    return path === undefined ? undefined : readFileSync(path, 'latin1')
  } catch {
    return undefined
  }
}
