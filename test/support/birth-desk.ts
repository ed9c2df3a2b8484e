import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { memoryCable } from '../../src/at/index.ts'
import type { Enrolled } from '../../src/cli/home/enrolled.ts'
import type { KnownFact } from '../../src/cli/home/known.ts'
import { systemClock } from '../../src/port/index.ts'
import { AtHost, personality, VirtualModem } from '../../src/virtual/index.ts'
import { type CaDesk, caDesk } from './ca-desk.ts'
import { tag } from './workbench.ts'

/** A desk with an authority and a board that makes keys, on `--port test:board`. */
export interface BirthDesk extends CaDesk {
  readonly modem: VirtualModem
  readonly imei: string
  /** What this home knows of the board, oldest first. */
  facts(): KnownFact[]
  enrolled(): Enrolled
  /** Writes what is known anew, changed. */
  rewrite(change: (fact: KnownFact) => KnownFact): void
  /** Plugs another modem in where the first one was. */
  plug(modem: VirtualModem): void
}

/** Makes a modem; one of another index has another identity. */
export function birthModem(mfw = '1.3.5', index = 0): VirtualModem {
  const line = personality(mfw)
  if (line === undefined) throw new Error(`no personality ${mfw}`)
  return new VirtualModem({ personality: line, clock: systemClock, seed: 'birth', index })
}

/** Makes one. */
export async function birthDesk(mfw?: string): Promise<BirthDesk> {
  const made = await caDesk()
  const modem = birthModem(mfw)
  made.file('root.crt', made.files.rootCertificate)
  const { imei } = modem.identity
  const file = join(made.folder, 'home', 'known', `${imei}.jsonl`)
  const facts = (): KnownFact[] =>
    existsSync(file)
      ? readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as KnownFact)
      : []
  const plug = (plugged: VirtualModem): void => {
    const host = new AtHost(plugged, { clock: systemClock, baud: 0 })
    made.boards.set('test:board', () => {
      const cable = memoryCable()
      void host.serve(cable.modem)
      return cable.host
    })
  }
  plug(modem)
  return {
    ...made,
    modem,
    imei,
    plug,
    facts,
    enrolled() {
      const found = facts().find((fact) => fact.fact === 'enrolled')
      if (found === undefined) throw new Error('nothing was enrolled')
      return found
    },
    rewrite: (change) =>
      writeFileSync(
        file,
        facts()
          .map((fact) => `${JSON.stringify(change(fact))}\n`)
          .join(''),
      ),
  }
}

const usual = `--port test:board --tag ${tag} --ca root.crt`

/** `apply` that has a key born in the usual tag. */
export const enrolLine = `apply ${usual} --enrol device --proof presence`.split(' ')

/** `apply` of a key from a file into the usual tag; the files come from {@link issueLine}. */
export const importLine = `apply ${usual} --cert board.crt --key board.key --yes`.split(' ')

/** `ca issue` that makes board.key and board.crt. */
export const issueLine = 'ca issue --profile device --subject BT36 --new-key board.key --out board.crt'.split(' ')
