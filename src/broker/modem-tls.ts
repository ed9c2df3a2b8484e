/**
 * What a modem offers in a handshake, in OpenSSL's names (TLS-16): the suites that every firmware has, then those that
 * newer ones add. A listener for devices, and a rehearsal, use the same list.
 */
export const modemSuites = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES256-SHA384',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-ECDSA-AES128-SHA256',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA256',
  'ECDHE-RSA-AES128-SHA',
] as const

/** The only version that modems speak (TLS-01). */
export const modemTlsVersion = 'TLSv1.2'
