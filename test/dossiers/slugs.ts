/** The causes that are acted, by where they live. A group's letter is all that scoring needs. */
const groups: Readonly<Record<string, readonly string[]>> = {
  store: [
    'cred-slot-empty',
    'cred-lost-after-power-event',
    'cred-store-corrupt',
    'cred-content-malformed',
    'pem-format',
    'pem-line-endings',
    'key-format-unsupported',
    'key-cert-mismatch',
    'cred-set-incomplete',
    'cred-wrong-type-or-tag',
    'cred-wrong-sec-tag',
    'cred-in-other-store',
    'cred-wrong-ca',
    'leaf-pinned-instead-of-root',
    'server-ca-rotated',
    'erase-does-not-touch-modem-store',
    'psk-format',
    'supply-voltage-low',
  ],
  network: [
    'sim-failure',
    'sim-not-active',
    'net-rat-not-available',
    'net-not-registered',
    'net-plmn-reject',
    'net-sticky-reject',
    'net-apn',
    'dns-failure',
    'net-blocked',
  ],
  platform: [
    'modem-init-failed',
    'modem-crash',
    'modem-unclean-shutdown',
    'hardware-fault',
    'version-incompatible',
    'wrong-image-or-target',
    'app-memory-or-buffer',
    'app-config',
    'library-bug',
    'at-uart-problem',
  ],
}

/** `store`, `network`, `platform`, or undefined for what lies between board and broker, and for no cause at all. */
export function groupOf(slug: string): string | undefined {
  return Object.keys(groups).find((name) => groups[name]?.includes(slug))
}

/** A credential verdict where network, SIM or platform are to blame: it sends people to rewrite memory for nothing. */
export function isWorst(truth: string, said: string): boolean {
  const elsewhere = groupOf(truth) === 'network' || groupOf(truth) === 'platform'
  return elsewhere && groupOf(said) === 'store'
}

/** Causes that boards, networks and brokers of ours cannot act, and why not. */
export const notActed: Readonly<Record<string, string>> = {
  'cred-in-other-store': 'the virtual Serial Modem has no second store',
  'cred-store-corrupt': 'no source says what a modem with a corrupt store prints, beyond that writes hang',
  'key-format-unsupported': 'no source says which key the modem takes and then fails to use',
  'psk-format': 'boards speak TLS with certificates, not DTLS with keys that are shared',
  'net-rat-not-available': 'the virtual network has one radio technology',
  'mqtt-bad-credentials': 'boards have no user name',
  'client-cert-not-registered': 'only clouds register certificates',
  'modem-init-failed': 'a virtual modem always starts',
  'modem-crash': 'a virtual modem does not crash',
  'hardware-fault': 'there is no hardware',
  'version-incompatible': 'a virtual modem runs every firmware',
  'wrong-image-or-target': 'nothing is flashed',
  'app-memory-or-buffer': 'the application has memory enough',
  'app-config': 'there is one application, which is right',
  'library-bug': 'there is no library',
  'at-uart-problem': 'faults of the cable are acted elsewhere: npm run prove -- faults',
}
