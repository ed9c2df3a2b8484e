export type { AdoptProblem, ForeignCa } from './authority/adopt.ts'
export { adoptAuthority } from './authority/adopt.ts'
export type {
  Authority,
  AuthorityFiles,
  AuthorityProblem,
  CrlOrder,
  Issued,
  IssueOrder,
  IssueProblem,
  IssueProfile,
  RenewOrder,
  RevocationReason,
  Revoked,
} from './authority/authority.ts'
export { leafReasons, revocationReasons } from './authority/authority.ts'
export { beforeAuthority } from './authority/check-dates.ts'
export { foundAuthority, longestAuthorityName, newSerial } from './authority/found.ts'
export { issuingUnder } from './authority/issuing-under.ts'
export { crlDays, headStart } from './authority/profiles.ts'
export type { AuthorityCertificates } from './authority/open.ts'
export type { IssuedAs } from './authority/issued-as.ts'
export { issuedAs } from './authority/issued-as.ts'
export { renewAt } from './authority/renew-at.ts'
export { openAuthority, readAuthority } from './authority/open.ts'
export type { Certificate } from './certificate.ts'
export { readCertificate } from './certificate.ts'
export type { CertificateDetails } from './certificate-details.ts'
export { certificateDetails } from './certificate-details.ts'
export type { CrlExpectation, CrlFault } from './check-crl.ts'
export { checkCrl } from './check-crl.ts'
export type { Crl, CrlProblem } from './crl.ts'
export { readCrl } from './crl.ts'
export type { DerElement } from './der.ts'
export { der, derChildren, derTag, readDer } from './der.ts'
export { derBits, derInteger, derNamedBits, derOid } from './der-values.ts'
export type { CrlScope } from './distribution-point.ts'
export { isCrlUrl, longestCrlUrl } from './distribution-point.ts'
export type { EncryptedKeyProblem } from './encrypted-key.ts'
export { decryptKey, encryptKey } from './encrypted-key.ts'
export { keyFits } from './fits.ts'
export { issuedBy } from './issued-by.ts'
export type { KeyPair } from './key-pair.ts'
export { newKeyPair } from './key-pair.ts'
export { commonNameIn, commonNameText } from './name.ts'
export type { OpenKeyProblem } from './open-key.ts'
export { openKey } from './open-key.ts'
export type { PemBlock, PemProblem, PemText } from './pem.ts'
export { armour, parsePem } from './pem.ts'
export type { KeyKind, KeyProblem, PrivateKey } from './private-key.ts'
export { readPrivateKey } from './private-key.ts'
export { publicHalf } from './public-half.ts'
export type { PublicKeyKind } from './public-key.ts'
export { publicKeyKind } from './public-key.ts'
export type { CertificateRequest, RequestProblem } from './request.ts'
export { makeRequest, readRequest, verifyRequest } from './request.ts'
export type { SealedHeader, SealedProblem } from './sealed.ts'
export { openSealed, seal } from './sealed.ts'
export { serialKey } from './serial.ts'
export { sha256Hex } from './sha256.ts'
export { derSignature } from './signed.ts'
export { signsUntil } from './signing-period.ts'
export type { Digest } from './variants.ts'
export { digestVariants } from './variants.ts'
