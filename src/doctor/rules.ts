import type { Rule } from './rule.ts'
import { appConfig } from './rules/app-config.ts'
import { appMemoryOrBuffer } from './rules/app-memory-or-buffer.ts'
import { atUartProblem } from './rules/at-uart-problem.ts'
import { brokerConfig } from './rules/broker-config.ts'
import { brokerDoesNotTrust } from './rules/broker-does-not-trust-client-chain.ts'
import { brokerPolicyDenies } from './rules/broker-policy-denies.ts'
import { certChainTooLarge } from './rules/cert-chain-too-large.ts'
import { clientCertInactive } from './rules/client-cert-inactive.ts'
import { clientCertMissing } from './rules/client-cert-missing.ts'
import { clientCertNotRegistered } from './rules/client-cert-not-registered.ts'
import { clockNotSet } from './rules/clock-not-set.ts'
import { credContentMalformed } from './rules/cred-content-malformed.ts'
import { credInOtherStore } from './rules/cred-in-other-store.ts'
import { credLostAfterPowerEvent } from './rules/cred-lost-after-power-event.ts'
import { credSetIncomplete } from './rules/cred-set-incomplete.ts'
import { credSlotEmpty } from './rules/cred-slot-empty.ts'
import { credStoreCorrupt } from './rules/cred-store-corrupt.ts'
import { credWrongCa } from './rules/cred-wrong-ca.ts'
import { credWrongSecTag } from './rules/cred-wrong-sec-tag.ts'
import { credWrongTypeOrTag } from './rules/cred-wrong-type-or-tag.ts'
import { dnsFailure } from './rules/dns-failure.ts'
import { eraseDoesNotTouch } from './rules/erase-does-not-touch-modem-store.ts'
import { handshakeTimeout } from './rules/handshake-timeout.ts'
import { hardwareFault } from './rules/hardware-fault.ts'
import { hostnameMismatch } from './rules/hostname-mismatch.ts'
import { keyCertMismatch } from './rules/key-cert-mismatch.ts'
import { keyFormatUnsupported } from './rules/key-format-unsupported.ts'
import { leafPinned } from './rules/leaf-pinned-instead-of-root.ts'
import { libraryBug } from './rules/library-bug.ts'
import { modemCrash } from './rules/modem-crash.ts'
import { modemInitFailed } from './rules/modem-init-failed.ts'
import { modemUncleanShutdown } from './rules/modem-unclean-shutdown.ts'
import { mqttBadCredentials } from './rules/mqtt-bad-credentials.ts'
import { mqttDuplicateClientId } from './rules/mqtt-duplicate-client-id.ts'
import { mqttKeepaliveTimeout } from './rules/mqtt-keepalive-timeout.ts'
import { netApn } from './rules/net-apn.ts'
import { netBlocked } from './rules/net-blocked.ts'
import { netNotRegistered } from './rules/net-not-registered.ts'
import { netPlmnReject } from './rules/net-plmn-reject.ts'
import { netRatNotAvailable } from './rules/net-rat-not-available.ts'
import { netStickyReject } from './rules/net-sticky-reject.ts'
import { pemFormat } from './rules/pem-format.ts'
import { pemLineEndings } from './rules/pem-line-endings.ts'
import { plainOnTlsPort } from './rules/plain-on-tls-port.ts'
import { pskFormat } from './rules/psk-format.ts'
import { serverCaRotated } from './rules/server-ca-rotated.ts'
import { simFailure } from './rules/sim-failure.ts'
import { simNotActive } from './rules/sim-not-active.ts'
import { supplyVoltageLow } from './rules/supply-voltage-low.ts'
import { tlsHandshakeUnspecified } from './rules/tls-handshake-unspecified.ts'
import { tlsVersionMismatch } from './rules/tls-version-mismatch.ts'
import { versionIncompatible } from './rules/version-incompatible.ts'
import { wrongImageOrTarget } from './rules/wrong-image-or-target.ts'

/** Every rule, one a cause, in the order of the causes. */
export const rules: readonly Rule[] = [
  credSlotEmpty,
  credLostAfterPowerEvent,
  credStoreCorrupt,
  credContentMalformed,
  credSetIncomplete,
  credWrongTypeOrTag,
  credWrongSecTag,
  credInOtherStore,
  credWrongCa,
  leafPinned,
  serverCaRotated,
  keyCertMismatch,
  keyFormatUnsupported,
  pemFormat,
  pemLineEndings,
  pskFormat,
  eraseDoesNotTouch,
  supplyVoltageLow,
  certChainTooLarge,
  hostnameMismatch,
  plainOnTlsPort,
  tlsVersionMismatch,
  handshakeTimeout,
  clockNotSet,
  tlsHandshakeUnspecified,
  clientCertMissing,
  clientCertNotRegistered,
  clientCertInactive,
  brokerDoesNotTrust,
  brokerPolicyDenies,
  brokerConfig,
  mqttBadCredentials,
  mqttDuplicateClientId,
  mqttKeepaliveTimeout,
  simFailure,
  simNotActive,
  netRatNotAvailable,
  netNotRegistered,
  netPlmnReject,
  netStickyReject,
  netApn,
  dnsFailure,
  netBlocked,
  modemInitFailed,
  modemCrash,
  modemUncleanShutdown,
  hardwareFault,
  versionIncompatible,
  wrongImageOrTarget,
  appMemoryOrBuffer,
  appConfig,
  libraryBug,
  atUartProblem,
]
