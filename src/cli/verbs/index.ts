import type { Verb } from '../verb.ts'
import { apply } from './apply.ts'
import { broker } from './broker.ts'
import { bundle } from './bundle.ts'
import { ca } from './ca.ts'
import { cert } from './cert.ts'
import { compat } from './compat.ts'
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
import { proveBirth } from './prove-birth.ts'
import { rehearse } from './rehearse.ts'
import { resume } from './resume.ts'
import { revoke } from './revoke.ts'
import { verify } from './verify.ts'
import { watch } from './watch.ts'

/** Every verb, in the order of a board's life, then what goes with it. */
export const verbs: readonly Verb[] = [
  ports,
  info,
  list,
  plan,
  apply,
  verify,
  broker,
  proveBirth,
  rehearse,
  watch,
  erase,
  resume,
  doctor,
  compat,
  bundle,
  ca,
  revoke,
  cert,
  modem,
  record,
  demo,
  completion,
  help,
]
