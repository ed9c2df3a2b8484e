import { brokerTemplates } from './acts/broker.ts'
import { contentTemplates } from './acts/content.ts'
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
]

/** A third of them, which nobody looks at while rules are written: what the doctor says of these is its grade. */
export const heldOut: ReadonlySet<string> = new Set([
  'tag-empty-sms',
  'key-missing-sms',
  'split-over-two-tags',
  'lost-after-empty-battery-by-sms',
  'backslash-n-read-back',
  'no-footer-refused',
  'key-of-another-certificate',
  'no-common-suite',
  'server-never-answers-the-hello',
  'clock-of-the-modem-in-the-past',
  'client-revoked',
  'silent-for-too-long',
  'sim-asks-for-pin',
  'sim-refused-3',
  'network-refuses-13',
  'no-such-access-point',
  'a-blank-reply-without-a-control',
])
