import { execFileSync } from 'node:child_process'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { armour } from '../../../src/pki/index.ts'
import { freePort, mosquittoProgram } from '../../support/mosquitto.ts'
import { openssl, plainTcp } from '../../support/tls-servers.ts'
import type { Piece } from '../dossier.ts'
import { brokerLog, cable, logOf, note, suffers } from '../stage.ts'
import { connectFails, type Template } from '../template.ts'
import { askAll } from './store.ts'

/** What a command on a colleague's machine prints. */
function tool(name: string, program: string, args: readonly string[], cwd: string): Piece {
  const { stdout, stderr } = spawnSync(program, args, { cwd, timeout: 10_000 })
  return { name, kind: 'tool', text: `$ ${program} ${args.join(' ')}\n${stdout}${stderr}` }
}

/** Troubles that the broker has with a board, or with itself. */
export const brokerTemplates: readonly Template[] = [
  {
    name: 'no-client-certificate-shown',
    truth: 'client-cert-missing',
    acceptable: ['cred-set-incomplete'],
    async act(stage) {
      const broker = await stage.broker()
      const bench = stage.board(broker.port, { root: stage.paper.root.pem })
      await suffers(bench, connectFails)
      return [logOf(bench), await brokerLog(broker, /did not return a certificate/)]
    },
  },
  {
    name: 'client-of-another-authority',
    truth: 'broker-does-not-trust-client-chain',
    async act(stage) {
      const { root, foreign } = stage.paper
      const broker = await stage.broker()
      const bench = stage.board(broker.port, { root: root.pem, chain: foreign.pem, key: foreign.key })
      await suffers(bench, connectFails)
      return [logOf(bench), cable(bench.modem, askAll), await brokerLog(broker, /certificate verify failed/)]
    },
  },
  {
    name: 'client-revoked',
    truth: 'client-cert-inactive',
    acceptable: ['broker-does-not-trust-client-chain'],
    async act(stage) {
      const { root, board } = stage.paper
      const folder = mkdtempSync(join(tmpdir(), 'sectag-dossier-'))
      stage.finally(async () => rmSync(folder, { recursive: true, force: true }))
      for (const [name, text] of Object.entries({ 'root.pem': root.pem, 'root.key': root.key, 'board.pem': board.pem }))
        writeFileSync(join(folder, name), text)
      writeFileSync(join(folder, 'index.txt'), '')
      writeFileSync(
        join(folder, 'ca.cnf'),
        '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=30\n',
      )
      const ca = ['ca', '-config', 'ca.cnf', '-cert', 'root.pem', '-keyfile', 'root.key']
      execFileSync(openssl ?? 'openssl', [...ca, '-revoke', 'board.pem'], { cwd: folder, stdio: 'pipe' })
      execFileSync(openssl ?? 'openssl', [...ca, '-gencrl', '-out', 'crl.pem'], { cwd: folder, stdio: 'pipe' })
      execFileSync('chmod', ['-R', 'a+rX', folder])
      const broker = await stage.broker({ more: [`crlfile ${folder}/crl.pem`] })
      const bench = stage.board(broker.port, stage.good)
      await suffers(bench, connectFails)
      const verify = ['verify', '-crl_check', '-CAfile', 'root.pem', '-CRLfile', 'crl.pem', 'board.pem']
      return [
        logOf(bench),
        await brokerLog(broker, /certificate verify failed/),
        tool('verify.txt', openssl ?? 'openssl', verify, folder),
      ]
    },
  },
  {
    name: 'not-authorised',
    truth: 'broker-policy-denies',
    acceptable: ['client-cert-not-registered', 'mqtt-bad-credentials'],
    async act(stage) {
      const folder = mkdtempSync(join(tmpdir(), 'sectag-dossier-'))
      stage.finally(async () => rmSync(folder, { recursive: true, force: true }))
      execFileSync('chmod', ['755', folder])
      writeFileSync(join(folder, 'acl'), 'user somebody-else\ntopic boards/#\n')
      const broker = await stage.broker({ more: ['allow_anonymous false', `acl_file ${folder}/acl`] })
      const bench = stage.board(broker.port, stage.good)
      await suffers(bench, /MQTT connect failed/)
      return [logOf(bench), cable(bench.modem, askAll), await brokerLog(broker, /not authorised/)]
    },
  },
  {
    name: 'two-boards-with-one-client-id',
    truth: 'mqtt-duplicate-client-id',
    async act(stage) {
      const broker = await stage.broker()
      const [one, two] = [stage.board(broker.port, stage.good), stage.board(broker.port, stage.good)]
      await one.board.boot()
      await two.board.boot()
      let taken = 0
      for await (const line of broker.log()) if (/session taken over|closing old/.test(line) && ++taken === 4) break
      return [logOf(one), { ...(await brokerLog(broker, /taken over|closing old/)) }]
    },
  },
  {
    name: 'silent-for-too-long',
    truth: 'mqtt-keepalive-timeout',
    async act(stage) {
      const broker = await stage.broker()
      const frozen: Socket[] = []
      const relay = await plainTcp((socket) => {
        const far = connect(broker.port, '127.0.0.1')
        far.on('error', () => socket.destroy()).once('close', () => socket.destroy())
        socket.once('close', () => far.destroy())
        socket.pipe(far).pipe(socket)
        frozen.push(socket)
      })
      stage.finally(() => relay.stop())
      const bench = stage.board(relay.port, stage.good, { keepAlive: 1 })
      await suffers(bench, /MQTT client connected/, 1)
      await broker.says(/PUBLISH/)
      for (const socket of frozen.splice(0)) socket.unpipe()
      return [await brokerLog(broker, /exceeded timeout/), logOf(bench)]
    },
  },
  {
    name: 'nobody-listens',
    truth: 'net-blocked',
    acceptable: ['broker-config'],
    async act(stage) {
      const port = await freePort()
      const bench = stage.board(port, stage.good)
      await suffers(bench, connectFails)
      return [
        note('From my laptop too: telnet to that host and port says "Connection refused".'),
        logOf(bench),
        cable(bench.modem, askAll),
      ]
    },
  },
  {
    name: 'broker-does-not-start',
    truth: 'broker-config',
    async act(stage) {
      const folder = mkdtempSync(join(tmpdir(), 'sectag-dossier-'))
      stage.finally(async () => rmSync(folder, { recursive: true, force: true }))
      writeFileSync(join(folder, 'bad.pem'), armour({ label: 'CERTIFICATE', der: new Uint8Array([48, 0]) }))
      execFileSync('chmod', ['-R', 'a+rX', folder])
      writeFileSync(
        join(folder, 'mosquitto.conf'),
        `listener ${await freePort()} 127.0.0.1\ncafile ${folder}/bad.pem\ncertfile ${folder}/none.pem\nkeyfile ${folder}/none.key\nlog_dest stderr\n`,
      )
      const broker = tool('mosquitto.log', mosquittoProgram ?? 'mosquitto', ['-c', 'mosquitto.conf', '-v'], folder)
      const bench = stage.board(await freePort(), stage.good)
      await suffers(bench, connectFails)
      return [note('No device gets in since the broker was restarted.'), broker, logOf(bench)]
    },
  },
]
