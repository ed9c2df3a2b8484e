import { brokerTemplates } from './acts/broker.ts'
import { contentTemplates } from './acts/content.ts'
import { laterTemplates } from './acts/later.ts'
import { networkTemplates } from './acts/network.ts'
import { silenceTemplates } from './acts/silence.ts'
import { storeTemplates } from './acts/store.ts'
import { tlsTemplates } from './acts/tls.ts'
import type { Template } from './template.ts'

/** Every trouble that is acted. */
export const templates: readonly Template[] = [
  ...storeTemplates,
  ...contentTemplates,
  ...tlsTemplates,
  ...brokerTemplates,
  ...networkTemplates,
  ...silenceTemplates,
  ...laterTemplates,
]

/**
 * A third of them, which nobody has tuned rules on: what the doctor says of these is its grade. Most were written when the
 * rules were finished; those of the first hour that had become known in the meantime are held out no more.
 */
export const heldOut: ReadonlySet<string> = new Set([
  ...laterTemplates.map(({ name }) => name),
  'tag-empty-sms',
  'key-missing-sms',
  'split-over-two-tags',
  'no-footer-refused',
  'sim-refused-3',
  'network-refuses-13',
  'no-such-access-point',
])
