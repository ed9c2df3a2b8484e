import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { openProbeRuns } from '../../src/cli/home/probe-journal.ts'
import type { Home } from '../../src/cli/home/home.ts'
import { isGroupAlive } from '../../src/port/index.ts'
import type { ProbeDesk } from './probe-desk.ts'

/** A tool that waits before it does one thing, as one does that takes long. */
export interface SlowTool {
  /** Resolves with its process number when it waits. */
  waits(): Promise<number>
  /** Lets it go on, now and from now on. */
  go(): void
}

/** Puts one in front of a desk's nrfutil: it waits where its words have this among them, and ends when the desk is cleared. */
export function slowTool({ bench: { folder } }: ProbeDesk, words: string): SlowTool {
  const [tool, real, at, go] = ['bin/nrfutil', 'bin/real', 'slow.at', 'slow.go'].map((name) => join(folder, name))
  if (tool === undefined || real === undefined || at === undefined || go === undefined) throw new Error('no names')
  renameSync(tool, real)
  const wait = `echo $$ >'${at}.part'; mv '${at}.part' '${at}'; while [ -d '${folder}' ] && [ ! -e '${go}' ]; do sleep 0.05; done`
  writeFileSync(tool, `#!/bin/sh\ncase "$*" in *'${words}'*) ${wait};; esac\nexec '${real}' "$@"\n`, { mode: 0o755 })
  return {
    async waits() {
      await expect.poll(() => existsSync(at), patience).toBe(true)
      return Number(readFileSync(at, 'utf8'))
    },
    go: () => writeFileSync(go, ''),
  }
}

const patience = { timeout: 60_000, interval: 20 }

/** Resolves when nothing goes on any more that a dead run of a desk has started. */
export async function toolsEnded({ folder }: Pick<ProbeDesk, 'folder'>): Promise<void> {
  const home = { journal: join(folder, 'home', 'journal') } as Home
  const working = (): boolean =>
    existsSync(home.journal) && openProbeRuns(home).some(({ tool }) => tool !== undefined && isGroupAlive(tool))
  await expect.poll(working, patience).toBe(false)
}
