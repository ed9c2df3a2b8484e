export type { BearerCause } from './bearer-causes.ts'
export { bearerCause, bearerCauses } from './bearer-causes.ts'
export { commandsSince, knowsCommand } from './command-since.ts'
export type { TlsAlert } from './alerts.ts'
export { tlsAlert, tlsAlerts } from './alerts.ts'
export type { Pairing, VerifiedPair } from './compat.ts'
export { firmwareFor, firmwareNamed, newestFor, pairing, verifiedPairs } from './compat.ts'
export type { ConnectKind, ConnectMeaning, ConnectReading } from './connect-failures.ts'
export { connectMeanings, connectReading, connectReadingOfName } from './connect-failures.ts'
export type { TypeRules } from './credential-types.ts'
export { typeRules, typeTable } from './credential-types.ts'
export type { BuildKnowledge, ErrnoCandidate, ErrnoMeanings, ErrnoRow, Libc, Numbering } from './errno.ts'
export { errnoTable, meaningsOf } from './errno.ts'
export type { Capabilities, Firmware } from './firmware.ts'
export { capabilities, parseFirmware, since } from './firmware.ts'
export type { FunctionalModeRules } from './functional-modes.ts'
export { functionalMode, functionalModes, modeName } from './functional-modes.ts'
export { longestChain, longestCommand, longestPassword, longestRecord } from './limits.ts'
export type { MqttCode } from './mqtt-codes.ts'
export { mqttCode, mqttCodes } from './mqtt-codes.ts'
export type { KeyError, OtherNumber } from './other-numbers.ts'
export {
  atResult,
  keyErrors,
  keyLibraryCodes,
  nameCodes,
  tlsLibraryCodes,
  untranslated,
  verifyFlags,
} from './other-numbers.ts'
export type { BearSslCode, BearSslMeans } from './bearssl.ts'
export { bearSslAlert, bearSslCodes } from './bearssl.ts'
export type { PublicRoot } from './public-roots.ts'
export { publicRootIn, publicRoots } from './public-roots.ts'
export type { RejectCause, SimCause } from './reject-causes.ts'
export { rejectCause, rejectCauses, simCause, simCauses } from './reject-causes.ts'
export type { ResultCode } from './result-codes.ts'
export { cmeCodes, cmsCodes, memoryFull, resultCode } from './result-codes.ts'
export type { Revision } from './revisions.ts'
export { revisionOf, revisions } from './revisions.ts'
export type { Carried, SdkVersion } from './sdk.ts'
export {
  carriedZephyrs,
  compareSdk,
  newNumbersSince,
  parseSdk,
  refusesSince,
  releaseOf,
  sdkName,
  sdkOfZephyr,
} from './sdk.ts'
export type { SdkChange } from './sdk-changes.ts'
export { changesBetween, sdkChanges } from './sdk-changes.ts'
export type { Guide, MovePages } from './sdk-pages.ts'
export { migrationGuides, pagesBetween } from './sdk-pages.ts'
export type { Sourced } from './source.ts'
export type { TlsLibraryCode, TlsLibraryMeans } from './tls-library.ts'
export { tlsLibraryCode } from './tls-library.ts'
export type { TagKnowledge } from './tags.ts'
export { cloudTag, developerTags, highestTag, tagKnowledge } from './tags.ts'
