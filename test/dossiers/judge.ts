import { contextMedia, diagnose, type Evidence, textEvidence } from '../../src/doctor/index.ts'
import { boardTag } from '../support/virtual-board.ts'
import type { Dossier } from './dossier.ts'
import { isWorst } from './slugs.ts'

/** What the doctor said of a dossier, beside the truth. */
export interface Judged {
  readonly dossier: Dossier
  /** Slugs, the likeliest first. */
  readonly said: readonly string[]
  readonly right: boolean
  readonly among: boolean
  readonly worst: boolean
}

/** Lets the doctor read a dossier, with what everybody knows of the board: its SDK and its tag. */
export function judge(dossier: Dossier): Judged {
  const { sdk, libc } = dossier.setting
  const known = textEvidence('known', [`sdk=${sdk}`, `libc=${libc}`, `tag=${boardTag}`].join('\n'), {
    media: contextMedia,
  })
  const said: string[] = diagnose([...dossier.pieces.map(evidenceOf), known]).causes.map(({ cause }) => cause)
  const good = new Set([dossier.truth, ...dossier.acceptable])
  const first = said[0] ?? 'insufficient-evidence'
  return {
    dossier,
    said,
    right: good.has(first),
    among: said.slice(0, 3).some((slug) => good.has(slug)),
    worst: isWorst(dossier.truth, first),
  }
}

function evidenceOf({ name, kind, text }: Dossier['pieces'][number]): Evidence {
  return textEvidence(name, text, kind === 'sms' ? { channel: 'sms', source: 'sms', trust: 'claimed' } : {})
}
