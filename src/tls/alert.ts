/** The alerts of TLS 1.2 that matter here, by their numbers (RFC 5246 §7.2). */
export const alert = {
  closeNotify: 0,
  unexpectedMessage: 10,
  badRecordMac: 20,
  recordOverflow: 22,
  handshakeFailure: 40,
  badCertificate: 42,
  certificateExpired: 45,
  illegalParameter: 47,
  unknownCa: 48,
  decodeError: 50,
  decryptError: 51,
  protocolVersion: 70,
  noRenegotiation: 100,
} as const

/** The number of an alert that this client sends. */
export type Alert = (typeof alert)[keyof typeof alert]
