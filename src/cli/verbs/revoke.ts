import { Option } from 'commander'
import { leafReasons, type RevocationReason } from '../../pki/index.ts'
import { type HomeAuthority, openHomeAuthority } from '../ca/open.ts'
import { passphraseOption } from '../ca/passphrase.ts'
import { revokeAndRecord } from '../ca/revocations.ts'
import { tellReasonStays } from '../ca/tell-revoked.ts'
import type { AuthorityOptions, World } from '../ca/world.ts'
import { homePath } from '../home/home.ts'
import type { Ending } from '../output.ts'
import { type BrokerOrder, readBroker } from '../revoke/broker-order.ts'
import { confirmed, told, toldAsPlan } from '../revoke/confirm.ts'
import { notBegun, notRecorded, partly } from '../revoke/endings.ts'
import { readTargets, type Target } from '../revoke/targets.ts'
import { carryIntoForce, type Tell } from '../revoke/walk.ts'
import type { Typed, Verb } from '../verb.ts'

const explained = `
The certificate is recorded as revoked first, so that every list from then on names it. Then the broker is made to obey:
the list is guarded, put in the place of its crlfile, and loaded by SIGHUP; it counts as loaded when a certificate made
for this purpose, which the list revokes, is refused. The live session ends by taking its client id over for a moment;
no session under another name is touched. A healthy certificate, made for this too, must enter, or the list from before goes back.

Run it on the broker's computer, as a user who may write the crlfile and signal Mosquitto. The broker needs crlfile,
pid_file, use_identity_as_username, and its log in a file. Whatever happens, the same command typed again goes on.`

/** `sectag revoke` */
export const revoke: Verb = {
  name: 'revoke',
  summary: 'put a board out, now: revoke its certificate, make the broker obey, end its session, and show it',
  examples: [
    'sectag revoke 5f0e1d2c3b4a59687786a5b4c3d2e1f0 --broker mosquitto:localhost --crl-file /etc/mosquitto/certs/boards.crl',
    'sectag revoke BT36-chain.crt --reason keyCompromise --broker mosquitto:localhost:8883 --crl-file /etc/mosquitto/certs/boards.crl',
    'sectag revoke --imei 351358811330130 --broker mosquitto:broker.example --crl-file boards.crl --dry-run',
  ],
  shape(command) {
    command
      .argument('[certificate]', 'its serial number, or its file, PEM')
      .option('--imei <imei>', 'instead: the certificates of a board that sectag has written to')
      .addOption(new Option('--reason <reason>', 'why, for whoever reads the list').choices(leafReasons))
      .option('--broker <mosquitto:host:port>', 'the broker that is to obey (8883)')
      .option('--crl-file <file>', 'what crlfile names in its configuration')
      .option('--pid-file <file>', 'what pid_file names', '/run/mosquitto/mosquitto.pid')
      .option('--broker-log <file>', 'what log_dest names', '/var/log/mosquitto/mosquitto.log')
      .option('--name <name>', "the name in the broker's certificate, if it is another than the host")
      .option('--broker-ca <file>', "the root CA of the broker's certificate, if it is not this authority's")
      .option('--end-namesakes', 'end sessions of good certificates with the same name too; they come back at once')
      .option('--dry-run', 'show what would be done, and do nothing')
      .option('--yes', 'do not ask')
    passphraseOption(command)
    command.addHelpText('after', explained)
  },
  async run(context, output, typed) {
    const world = { context, output }
    const broker = readBroker(world, typed)
    if ('exit' in broker) return broker
    const options = authorityOptions(typed)
    const home = await openHomeAuthority(world, options)
    if (!home.ok) return notBegun(home.refusal)
    const targets = await readTargets(world, typed, home.value, homePath(options.home, context.env, context.cwd))
    if ('exit' in targets) return targets
    if (typed.options['dryRun'] === true) return toldAsPlan(output, targets, broker)
    const stop = await confirmed(context, output, typed, targets)
    return stop ?? putOut(world, typed, home.value, broker, targets)
  },
}

function authorityOptions({ options }: Typed): AuthorityOptions {
  const { home, passphraseFile } = options as AuthorityOptions
  return { ...(home !== undefined && { home }), ...(passphraseFile !== undefined && { passphraseFile }) }
}

async function putOut(
  world: World,
  typed: Typed,
  home: HomeAuthority,
  broker: BrokerOrder,
  targets: readonly Target[],
): Promise<Ending> {
  const { output, context } = world
  const begun = context.clock.now()
  const seconds = (): number => (context.clock.now() - begun) / 1000
  const tell: Tell = (step, words) =>
    output.event('revocation', { step, seconds: seconds() }, `${seconds().toFixed(3)} s  ${words}`)
  const reason = typed.options['reason'] as RevocationReason | undefined
  for (const { serial, unregistered = false } of targets) {
    const recorded = revokeAndRecord(home, { serial, unregistered, ...(reason !== undefined && { reason }) })
    if (!recorded.ok) return notRecorded(recorded.refusal, typed)
    tellReasonStays(output, reason, recorded.value)
  }
  const who = told(targets)
  tell('recorded', `${who} is recorded as revoked`)
  const shown = await carryIntoForce(world, home, broker, targets, tell)
  if (!shown.ok) return partly(who, shown.refusal, typed)
  const { list, ended } = shown.value
  // The broker's log knows a session by a name only, so nothing more can be said of the others.
  const others = broker.namesakes
    ? 'those of the same name that are good come back'
    : 'no session under another name was touched'
  output.say(`${output.look('good', 'OUT')}  ${who} is out and stays out; ${others}.`)
  const serials = targets.map(({ serial }) => serial)
  return { exit: 0, more: { serials, ended, seconds: seconds(), ...(list !== undefined && { list: String(list) }) } }
}
