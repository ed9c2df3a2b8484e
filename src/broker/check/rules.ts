import type { BrokerRule } from './finding.ts'
import { chainExtras } from './rules/chain-extras.ts'
import { chainOrder } from './rules/chain-order.ts'
import { chainTooLarge } from './rules/chain-too-large.ts'
import { clientCertificateNotDemanded } from './rules/client-certificate-not-demanded.ts'
import { clientCertificateRefused } from './rules/client-certificate-refused.ts'
import { clientKeyNotTaken } from './rules/client-key-not-taken.ts'
import { commonNameOnly } from './rules/common-name-only.ts'
import { expiresSoon } from './rules/expires-soon.ts'
import { gcmOnly } from './rules/gcm-only.ts'
import { keyType } from './rules/key-type.ts'
import { longMessages } from './rules/long-messages.ts'
import { missingIntermediate } from './rules/missing-intermediate.ts'
import { mqttRefused } from './rules/mqtt-refused.ts'
import { nameMismatch } from './rules/name-mismatch.ts'
import { needsName } from './rules/needs-name.ts'
import { noAnswer } from './rules/no-answer.ts'
import { noCommonCurve } from './rules/no-common-curve.ts'
import { noCommonSuite } from './rules/no-common-suite.ts'
import { noListener } from './rules/no-listener.ts'
import { noSuchHost } from './rules/no-such-host.ts'
import { notTls } from './rules/not-tls.ts'
import { plainPort } from './rules/plain-port.ts'
import { protocolVersion } from './rules/protocol-version.ts'
import { resumption } from './rules/resumption.ts'
import { selfSignedServer } from './rules/self-signed-server.ts'
import { serverExpired } from './rules/server-expired.ts'
import { serverNotYetValid } from './rules/server-not-yet-valid.ts'
import { unknownServerCa } from './rules/unknown-server-ca.ts'
import { unreadableCertificate } from './rules/unreadable-certificate.ts'
import { weakSignature } from './rules/weak-signature.ts'
import { wrongClock } from './rules/wrong-clock.ts'
import { wrongPurpose } from './rules/wrong-purpose.ts'

/** Every class but the last resort, in the order in which a connection meets them; notes at the end. */
export const brokerRules: readonly BrokerRule[] = [
  noSuchHost,
  noListener,
  noAnswer,
  plainPort,
  notTls,
  protocolVersion,
  noCommonSuite,
  noCommonCurve,
  keyType,
  unreadableCertificate,
  chainTooLarge,
  selfSignedServer,
  missingIntermediate,
  unknownServerCa,
  serverExpired,
  serverNotYetValid,
  nameMismatch,
  clientKeyNotTaken,
  clientCertificateRefused,
  mqttRefused,
  chainOrder,
  commonNameOnly,
  weakSignature,
  wrongPurpose,
  gcmOnly,
  needsName,
  chainExtras,
  expiresSoon,
  wrongClock,
  clientCertificateNotDemanded,
  resumption,
  longMessages,
]
