import type { Cause } from './cause.ts'
import type { Matter } from './prose/matters.ts'

/** What is likely where a text is about something. */
export interface Suspects {
  /** What it is about, in words. */
  readonly words: string
  /** Worth a question where it is spoken of; no cause of the store, as everybody speaks of certificates. */
  readonly spoken?: readonly Cause[]
  /** Likely where somebody tells that this is what fails. */
  readonly failing?: Partial<Readonly<Record<Cause, number>>>
}

/**
 * What a text can be about, and what is likely then. This decides nothing: it lets the likeliest causes of a stage lead where
 * no rule is sure. General knowledge of the stages, not counted (`docs/facts` has no shares).
 */
export const suspects: Readonly<Record<Matter, Suspects>> = {
  sim: {
    words: 'the SIM',
    spoken: ['sim-failure'],
    failing: { 'sim-failure': 2, 'sim-not-active': 1, 'hardware-fault': 0.5 },
  },
  subscription: { words: 'the subscription', spoken: ['sim-not-active'] },
  operator: { words: 'operator and place', spoken: ['net-plmn-reject', 'sim-not-active'] },
  registration: { words: 'the registration', spoken: ['net-not-registered'] },
  'radio-mode': { words: 'LTE-M, NB-IoT and bands', spoken: ['net-rat-not-available'] },
  bearer: {
    words: 'the bearer and its APN',
    spoken: ['net-apn'],
    failing: { 'net-apn': 2, 'net-blocked': 0.5, 'sim-not-active': 0.5 },
  },
  names: { words: 'the resolution of names', spoken: ['dns-failure'] },
  route: { words: 'ports and routes', spoken: ['net-blocked'] },
  memory: { words: 'memory and buffers', spoken: ['app-memory-or-buffer'] },
  serial: {
    words: 'the serial path',
    spoken: ['at-uart-problem'],
    failing: { 'at-uart-problem': 2, 'modem-init-failed': 0.5, 'wrong-image-or-target': 0.5 },
  },
  hardware: { words: 'hardware and supply', spoken: ['hardware-fault'] },
  image: {
    words: 'images and where they go',
    spoken: ['wrong-image-or-target'],
    failing: { 'wrong-image-or-target': 2, 'version-incompatible': 1, 'hardware-fault': 0.5 },
  },
  version: { words: 'versions', spoken: ['version-incompatible', 'library-bug'] },
  setting: { words: 'settings and the order of calls', spoken: ['app-config'] },
  code: { words: 'code of an SDK or of a library', spoken: ['library-bug', 'app-config'] },
  crash: { words: 'a crash', spoken: ['modem-crash'] },
  start: { words: 'the start of the modem', spoken: ['modem-init-failed'] },
  resets: { words: 'resets', spoken: ['modem-unclean-shutdown'] },
  policy: { words: 'policies', spoken: ['broker-policy-denies'] },
  'client-id': { words: 'the client id', spoken: ['mqtt-duplicate-client-id', 'broker-policy-denies'] },
  silence: { words: 'keep-alive and silence', spoken: ['mqtt-keepalive-timeout'] },
  password: { words: 'passwords and tokens', spoken: ['mqtt-bad-credentials'] },
  listener: { words: "the broker's configuration", spoken: ['broker-config'] },
  enrolment: { words: 'what the cloud knows', spoken: ['client-cert-not-registered', 'client-cert-inactive'] },
  'client-certificate': { words: "the client's certificate", spoken: ['broker-does-not-trust-client-chain'] },
  suite: { words: 'cipher suites and versions of TLS', spoken: ['tls-version-mismatch'] },
  name: { words: 'the name of the server', spoken: ['hostname-mismatch'] },
  clock: { words: 'the clock', spoken: ['clock-not-set'] },
  'foreign-client': { words: 'a client of another make' },
  'key-kind': { words: 'the kind of a key', spoken: ['key-format-unsupported'] },
  nordic: { words: 'a modem of this family' },
  cloud: {
    words: 'a cloud',
    spoken: ['broker-policy-denies', 'client-cert-not-registered', 'client-cert-inactive'],
  },
  'mutual-tls': { words: 'client certificates that are wanted', spoken: ['client-cert-missing'] },
  'slow-handshake': { words: 'a slow handshake', spoken: ['handshake-timeout'] },
  tls: {
    words: 'TLS',
    failing: {
      'cred-wrong-ca': 0.8,
      'tls-handshake-unspecified': 3,
      'cred-slot-empty': 0.5,
      'tls-version-mismatch': 1,
      'cert-chain-too-large': 0.5,
      'app-memory-or-buffer': 0.5,
      'handshake-timeout': 0.5,
      'key-cert-mismatch': 0.5,
    },
  },
  certificate: {
    words: 'a certificate that is not accepted',
    failing: {
      'cred-wrong-ca': 2.5,
      'broker-does-not-trust-client-chain': 1.5,
      'server-ca-rotated': 1,
      'hostname-mismatch': 1,
      'clock-not-set': 1,
    },
  },
  server: {
    words: 'the way to the server',
    failing: { 'net-blocked': 1, 'cred-wrong-ca': 0.5, 'broker-policy-denies': 0.5, 'broker-config': 1 },
  },
  session: {
    words: 'a session that ends',
    failing: {
      'broker-policy-denies': 1.5,
      'mqtt-duplicate-client-id': 1.5,
      'mqtt-keepalive-timeout': 1.5,
      'library-bug': 0.5,
    },
  },
  messages: {
    words: 'messages that do not get through',
    failing: { 'broker-policy-denies': 2, 'app-config': 1.5, 'library-bug': 0.5 },
  },
  modem: {
    words: 'the modem',
    failing: {
      'modem-init-failed': 2,
      'modem-crash': 1,
      'version-incompatible': 1,
      'wrong-image-or-target': 1,
      'hardware-fault': 1,
    },
  },
  application: {
    words: 'the application',
    failing: { 'app-memory-or-buffer': 1.5, 'app-config': 1.5, 'library-bug': 1.5, 'modem-crash': 1 },
  },
  writing: {
    words: 'the writing of credentials',
    failing: {
      'pem-format': 1,
      'app-config': 2,
      'at-uart-problem': 1.5,
      'cred-store-corrupt': 0.5,
      'cred-content-malformed': 0.5,
      'supply-voltage-low': 0.5,
    },
  },
  update: {
    words: 'an update of firmware',
    failing: {
      'wrong-image-or-target': 2.5,
      'version-incompatible': 1.5,
      'library-bug': 1.5,
      'hardware-fault': 1.2,
      'modem-init-failed': 0.5,
    },
  },
  calls: { words: 'a call of the application', failing: { 'library-bug': 2, 'app-config': 1.5 } },
  download: {
    words: 'a download',
    failing: {
      'cred-wrong-ca': 1,
      'cred-slot-empty': 0.5,
      'cert-chain-too-large': 1,
      'library-bug': 1,
      'app-memory-or-buffer': 0.5,
    },
  },
}
