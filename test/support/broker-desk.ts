import { EmbeddedBroker } from '../../src/broker/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { desk, type Desk } from './cli.ts'
import { type BrokerPaper, brokerPaper } from './paper.ts'

/** A desk with real time and the files of a broker, of a good board and of bad ones. */
export interface BrokerDesk extends Desk {
  readonly paper: BrokerPaper
}

let made: Promise<BrokerPaper> | undefined

/** Makes one. Files: root.crt, server.crt and .key, and for board, expired and foreign NAME.crt and NAME.key. */
export async function brokerDesk(): Promise<BrokerDesk> {
  made ??= brokerPaper()
  const paper = await made
  const bench = desk(systemClock)
  bench.file('root.crt', paper.root)
  bench.file('foreign-root.crt', paper.foreign.root)
  for (const name of ['server', 'board', 'expired', 'foreign'] as const) {
    bench.file(`${name}.crt`, paper[name].chain)
    bench.file(`${name}.key`, paper[name].key)
  }
  return { ...bench, paper }
}

/** The flags that name the files of one board, in tag 16842753. */
export function filesOf(who = 'board', root = 'root'): string[] {
  return ['--tag', '16842753', '--ca', `${root}.crt`, '--cert', `${who}.crt`, '--key', `${who}.key`]
}

/** A broker of ours with these files. */
export function embedded({ root, server }: BrokerPaper): Promise<EmbeddedBroker> {
  return EmbeddedBroker.start({
    clock: systemClock,
    host: '127.0.0.1',
    port: 0,
    serverChain: server.chain,
    serverKey: server.key,
    clientRoots: root,
  })
}
