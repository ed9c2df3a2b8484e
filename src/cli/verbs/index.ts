import type { Verb } from '../verb.ts'
import { apply } from './apply.ts'
import { completion } from './completion.ts'
import { demo } from './demo.ts'
import { doctor } from './doctor.ts'
import { erase } from './erase.ts'
import { help } from './help.ts'
import { info } from './info.ts'
import { list } from './list.ts'
import { modem } from './modem.ts'
import { plan } from './plan.ts'
import { ports } from './ports.ts'
import { record } from './record.ts'
import { resume } from './resume.ts'
import { verify } from './verify.ts'

/** Every verb, in the order of a board's life. */
export const verbs: readonly Verb[] = [
  ports,
  info,
  list,
  plan,
  apply,
  verify,
  erase,
  resume,
  doctor,
  modem,
  record,
  demo,
  completion,
  help,
]
