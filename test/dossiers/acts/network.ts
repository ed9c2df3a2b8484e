import { freePort } from '../../support/mosquitto.ts'
import type { BoardNetwork } from '../../../src/board/index.ts'
import type { Piece } from '../dossier.ts'
import { cable, logOf, note, type Stage, suffers } from '../stage.ts'
import { connectFails, type Template } from '../template.ts'
import { askAll } from './store.ts'

const radio = ['AT+CMEE=1', 'AT+CPIN?', ...askAll, 'AT+CEER', 'AT%XMONITOR']

async function outside(
  stage: Stage,
  network: BoardNetwork,
  pattern: RegExp,
  commands: readonly string[] = radio,
): Promise<Piece[]> {
  const bench = stage.board(await freePort(), stage.good, { network, searchPatience: 2000, patience: 2000 })
  await suffers(bench, pattern)
  return [logOf(bench), cable(bench.modem, commands)]
}

const notFound = /Failed to establish LTE connection/

/** Troubles before TLS: the credentials are there and good, and must not be blamed. */
export const networkTemplates: readonly Template[] = [
  { name: 'no-sim', truth: 'sim-failure', act: (stage) => outside(stage, { sim: 'dead' }, notFound) },
  { name: 'sim-asks-for-pin', truth: 'sim-failure', act: (stage) => outside(stage, { sim: 'pin' }, notFound) },
  ...[2, 3, 8].map(
    (refuses): Template => ({
      name: `sim-refused-${refuses}`,
      truth: 'sim-not-active',
      acceptable: ['net-plmn-reject'],
      act: (stage) => outside(stage, { refuses }, notFound),
    }),
  ),
  ...[11, 13, 15].map(
    (refuses): Template => ({
      name: `network-refuses-${refuses}`,
      truth: 'net-plmn-reject',
      acceptable: ['net-sticky-reject'],
      act: (stage) => outside(stage, { refuses }, notFound),
    }),
  ),
  {
    name: 'nothing-is-heard',
    truth: 'net-not-registered',
    act: (stage) => outside(stage, { coverage: 'none' }, notFound),
  },
  {
    name: 'no-such-access-point',
    truth: 'net-apn',
    act: (stage) => outside(stage, { apn: 'unknown' }, notFound),
  },
  {
    name: 'name-not-resolved',
    truth: 'dns-failure',
    act: (stage) => outside(stage, { dns: 'fails' }, /getaddrinfo failed/),
  },
  {
    name: 'dropped-on-the-way',
    truth: 'net-blocked',
    acceptable: ['handshake-timeout'],
    act: (stage) => outside(stage, { blocked: true }, connectFails),
  },
  {
    name: 'resets-without-goodbye',
    truth: 'modem-unclean-shutdown',
    // OPEN-16
    on: ({ mfw }) => !/^1\.[0-2]\./.test(mfw),
    async act(stage) {
      const bench = stage.board(await freePort(), stage.good, { searchPatience: 2000 })
      // A start counts once the radio is on.
      for (let count = 1; count < 9; count++) await suffers(bench, /\+CEREG: 2/, count)
      await suffers(bench, notFound)
      return [
        note('Our watchdog resets the board every few minutes while it searches.'),
        logOf(bench),
        cable(bench.modem, radio),
      ]
    },
  },
]
