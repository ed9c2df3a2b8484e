import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import type { Pass } from '../../src/broker/index.ts'
import { parsePem, readCertificate } from '../../src/pki/index.ts'
import { Secret, utf8 } from '../../src/terms/index.ts'
import { readHomeCrl } from './home-crl.ts'
import { type CaDesk, caDesk } from './ca-desk.ts'
import { type RunningMosquitto, startMosquitto } from './mosquitto.ts'

/** A certificate with the name of its file. */
export interface Named extends Pass {
  readonly file: string
}

/** A desk with an authority, and a Mosquitto beside it that obeys the lists in its folder. */
export interface RevokePlace {
  readonly made: CaDesk
  readonly broker: RunningMosquitto
  /** The flags by which `sectag revoke` finds this broker. */
  readonly flags: readonly string[]
  issue(name: string): Promise<Named>
  clear(): Promise<void>
}

/** Makes one. Files in its folder: root.crt, broker.crt, broker.key, boards.crl, mosquitto.pid, mosquitto.log. */
export async function revokePlace(more: readonly string[] = ['use_identity_as_username true']): Promise<RevokePlace> {
  const made = await caDesk()
  const read = (name: string): string => readFileSync(made.path(name), 'utf8')
  const issue = async (name: string, ...argv: string[]): Promise<Named> => {
    const files = ['--new-key', `${name}.key`, '--out', `${name}.crt`]
    const ran = await made.run(['ca', 'issue', ...argv, ...files])
    if (ran.exit !== 0) throw new Error(ran.err)
    const [leaf] = parsePem(read(`${name}.crt`)).blocks
    const { serial } = readCertificate(leaf?.der ?? new Uint8Array())
    const key = new Secret(utf8(read(`${name}.key`)))
    return { file: `${name}.crt`, chain: read(`${name}.crt`), key, serial }
  }
  await issue('broker', '--profile', 'server', '--name', 'localhost', '--name', '127.0.0.1')
  made.file('root.crt', made.files.rootCertificate)
  made.file('boards.crl', await readHomeCrl(made))
  made.file('mosquitto.log', '')
  // Started by root, Mosquitto becomes a user who must be able to read the list and write the log.
  chmodSync(made.folder, 0o755)
  chmodSync(made.path('mosquitto.log'), 0o666)
  const broker = await startMosquitto({
    ca: made.files.rootCertificate,
    chain: read('broker.crt'),
    key: read('broker.key'),
    more: [`crlfile ${made.path('boards.crl')}`, `log_dest file ${made.path('mosquitto.log')}`, ...more],
  })
  writeFileSync(made.path('mosquitto.pid'), `${broker.pid}\n`)
  const at = ['--broker', `mosquitto:127.0.0.1:${broker.port}`]
  return {
    made,
    broker,
    flags: [...at, '--crl-file', 'boards.crl', '--pid-file', 'mosquitto.pid', '--broker-log', 'mosquitto.log'],
    issue: (name) => issue(name, '--profile', 'device', '--subject', name),
    async clear() {
      await broker.stop()
      made.clear()
    },
  }
}
