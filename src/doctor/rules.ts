import type { Rule } from './rule.ts'
import { appConfig } from './rules/app-config.ts'
import { brokerDoesNotTrust } from './rules/broker-does-not-trust-client-chain.ts'
import { clientCertMissing } from './rules/client-cert-missing.ts'
import { credLostAfterPowerEvent } from './rules/cred-lost-after-power-event.ts'
import { credSetIncomplete } from './rules/cred-set-incomplete.ts'
import { credSlotEmpty } from './rules/cred-slot-empty.ts'
import { credWrongCa } from './rules/cred-wrong-ca.ts'
import { credWrongSecTag } from './rules/cred-wrong-sec-tag.ts'
import { elsewhereRules } from './rules/elsewhere.ts'
import { keyCertMismatch } from './rules/key-cert-mismatch.ts'
import { netNotRegistered } from './rules/net-not-registered.ts'
import { netPlmnReject } from './rules/net-plmn-reject.ts'
import { pemFormat } from './rules/pem-format.ts'
import { serverCaRotated } from './rules/server-ca-rotated.ts'
import { simFailure } from './rules/sim-failure.ts'
import { supplyVoltageLow } from './rules/supply-voltage-low.ts'

/** Every rule, one a cause. */
export const rules: readonly Rule[] = [
  credSlotEmpty,
  credLostAfterPowerEvent,
  credSetIncomplete,
  credWrongSecTag,
  credWrongCa,
  serverCaRotated,
  keyCertMismatch,
  pemFormat,
  supplyVoltageLow,
  clientCertMissing,
  brokerDoesNotTrust,
  simFailure,
  netNotRegistered,
  netPlmnReject,
  appConfig,
  ...elsewhereRules,
]
