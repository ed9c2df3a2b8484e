import type { CauseEntry, CauseGroup } from './cause.ts'

const atReference = 'https://docs.nordicsemi.com/bundle/ref_at_commands/page/REF/at_commands'
const thread = (number: number): string => `https://devzone.nordicsemi.com/f/nordic-q-a/${number}`

const ofGroup: Readonly<Record<CauseGroup, readonly string[]>> = {
  store: [`${atReference}/security/cmng_set.html`],
  tls: ['https://github.com/nrfconnect/sdk-nrfxlib/blob/main/nrf_modem/include/nrf_socket.h'],
  broker: [
    'https://mosquitto.org/man/mosquitto-conf-5.html',
    'https://docs.aws.amazon.com/iot/latest/developerguide/life-cycle-events.html',
  ],
  network: [`${atReference}/nw_service/cereg.html`],
  platform: ['https://docs.nordicsemi.com/bundle/comp_matrix_nrf9160'],
  none: [],
}

/** Threads in which the cause was seen; the facts of its page cite them too. */
const seenIn: Partial<Record<CauseEntry['cause'], readonly number[]>> = {
  'cred-slot-empty': [87138],
  'cred-lost-after-power-event': [70134],
  'cred-store-corrupt': [48688],
  'cred-content-malformed': [54338],
  'erase-does-not-touch-modem-store': [60604],
  'cred-in-other-store': [94742],
  'cert-chain-too-large': [114031, 114181],
  'supply-voltage-low': [116010],
  'modem-unclean-shutdown': [78351],
  'version-incompatible': [79928],
  'net-sticky-reject': [123007],
  'net-plmn-reject': [114489],
}

/** Where to read on: our own page of the cause, the vendor's, and where it was seen. */
export function linksOf({ cause, group }: CauseEntry): string[] {
  return [`docs/causes/${cause}.md`, ...ofGroup[group], ...(seenIn[cause] ?? []).map(thread)]
}
