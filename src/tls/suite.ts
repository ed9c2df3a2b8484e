/** One cipher suite as data (RFC 5246, 5289, 8422). */
export interface CipherSuite {
  readonly id: number
  /** OpenSSL's name. */
  readonly name: string
  /** What the server's certificate must hold. */
  readonly key: 'ec' | 'rsa'
  readonly cipher: 'aes-128-cbc' | 'aes-256-cbc' | 'aes-128-gcm' | 'aes-256-gcm'
  readonly keyBytes: 16 | 32
  /** The hash of the records' MAC; none where the cipher brings its own. */
  readonly mac?: 'sha1' | 'sha256' | 'sha384'
  /** The hash of the pseudo-random function and the transcript. */
  readonly prf: 'sha256' | 'sha384'
}

const suites: readonly CipherSuite[] = [
  {
    id: 0xc024,
    name: 'ECDHE-ECDSA-AES256-SHA384',
    key: 'ec',
    cipher: 'aes-256-cbc',
    keyBytes: 32,
    mac: 'sha384',
    prf: 'sha384',
  },
  {
    id: 0xc00a,
    name: 'ECDHE-ECDSA-AES256-SHA',
    key: 'ec',
    cipher: 'aes-256-cbc',
    keyBytes: 32,
    mac: 'sha1',
    prf: 'sha256',
  },
  {
    id: 0xc023,
    name: 'ECDHE-ECDSA-AES128-SHA256',
    key: 'ec',
    cipher: 'aes-128-cbc',
    keyBytes: 16,
    mac: 'sha256',
    prf: 'sha256',
  },
  {
    id: 0xc009,
    name: 'ECDHE-ECDSA-AES128-SHA',
    key: 'ec',
    cipher: 'aes-128-cbc',
    keyBytes: 16,
    mac: 'sha1',
    prf: 'sha256',
  },
  { id: 0xc02b, name: 'ECDHE-ECDSA-AES128-GCM-SHA256', key: 'ec', cipher: 'aes-128-gcm', keyBytes: 16, prf: 'sha256' },
  {
    id: 0xc014,
    name: 'ECDHE-RSA-AES256-SHA',
    key: 'rsa',
    cipher: 'aes-256-cbc',
    keyBytes: 32,
    mac: 'sha1',
    prf: 'sha256',
  },
  {
    id: 0xc027,
    name: 'ECDHE-RSA-AES128-SHA256',
    key: 'rsa',
    cipher: 'aes-128-cbc',
    keyBytes: 16,
    mac: 'sha256',
    prf: 'sha256',
  },
  {
    id: 0xc013,
    name: 'ECDHE-RSA-AES128-SHA',
    key: 'rsa',
    cipher: 'aes-128-cbc',
    keyBytes: 16,
    mac: 'sha1',
    prf: 'sha256',
  },
  { id: 0xc02f, name: 'ECDHE-RSA-AES128-GCM-SHA256', key: 'rsa', cipher: 'aes-128-gcm', keyBytes: 16, prf: 'sha256' },
  { id: 0xc030, name: 'ECDHE-RSA-AES256-GCM-SHA384', key: 'rsa', cipher: 'aes-256-gcm', keyBytes: 32, prf: 'sha384' },
]

/** The suite of a number; undefined for one that no modem has. */
export function cipherSuite(id: number): CipherSuite | undefined {
  return suites.find((suite) => suite.id === id)
}
