import { systemClock } from '../../src/port/index.ts'
import { tlsPaper } from '../support/tls-paper.ts'
import type { Dossier, Setting } from './dossier.ts'
import { settings } from './settings.ts'
import { Stage } from './stage.ts'
import type { Template } from './template.ts'
import { heldOut, templates } from './templates.ts'

/** A trouble on one setting, still to be acted. */
export interface Scene {
  readonly template: Template
  readonly setting: Setting
}

/** Every trouble on every setting that it can happen on. */
export function scenes(): Scene[] {
  return templates.flatMap((template) =>
    settings.filter((setting) => template.on?.(setting) !== false).map((setting) => ({ template, setting })),
  )
}

const longest = 60_000

/** An act that waits for what never comes is named, instead of keeping all others waiting. */
async function inTime<T>(acting: Promise<T>, what: string): Promise<T> {
  const bell = new AbortController()
  const late = systemClock.sleep(longest, bell.signal).then(() => {
    throw new Error(`${what} does not end`)
  })
  late.catch(() => {})
  return Promise.race([acting, late]).finally(() => bell.abort())
}

/** Acts one, on real sockets; nothing is left running. */
export async function act({ template, setting }: Scene): Promise<Dossier> {
  const stage = new Stage(setting, await tlsPaper())
  try {
    const pieces = await inTime(template.act(stage), `${template.name} on ${setting.mfw} with ${setting.sdk}`)
    const { name, truth, acceptable } = template
    return { template: name, setting, truth, acceptable: acceptable ?? [], heldOut: heldOut.has(name), pieces }
  } finally {
    await stage.close()
  }
}
