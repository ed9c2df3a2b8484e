import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import type { Server } from 'node:tls'
import { type Clock, SectagError } from '../../terms/index.ts'
import { certificatesIn, climb } from './chain.ts'
import { checkBroker } from './check.ts'
import type { Finding } from './finding.ts'

/** A listener of ours for devices, before it listens to anybody. */
export interface OwnListener {
  /** One with the same TLS as the listener's own; it serves nobody and is closed again. */
  readonly server: Server
  /** PEM of what it will show, its own certificate first. */
  readonly serverChain: string
  readonly clock: Clock
}

/** Checks a listener of ours with a modem's eyes, and throws a SectagError `unfit-listener` where a modem could not enter. */
export async function checkOwnListener({ server, serverChain, clock }: OwnListener): Promise<void> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => void sockets.add(socket))
  server.on('tlsClientError', () => {}).on('secureConnection', (socket) => socket.on('error', () => {}))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const place = { host: '127.0.0.1', port, roots: topOf(serverChain) }
  try {
    const check = await checkBroker({ ...place, clock: endless(clock), patience: 0 })
    const finding = check.findings.find(({ weight }) => weight === 'refuses' || weight === 'unreached')
    if (finding !== undefined) throw new SectagError('unfit-listener', finding.what, { cause: finding })
  } finally {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
}

/** Why a listener of ours did not start, where that was the reason. */
export function unfitness(error: unknown): Finding | undefined {
  return error instanceof SectagError && error.code === 'unfit-listener' ? (error.cause as Finding) : undefined
}

/** Which root boards hold is not known here: whatever the chain leads to will do. */
function topOf(serverChain: string): string {
  const [leaf, ...others] = certificatesIn(serverChain)
  return leaf === undefined ? '' : (climb(leaf, others, []).path.at(-1) ?? leaf).toString()
}

/** A clock that waits for ever: the listener stands in this very process and ends a silence itself. */
function endless({ now }: Clock): Clock {
  const sleep = (_ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((_resolve, reject) => {
      const stop = (): void => reject(signal?.reason as Error)
      if (signal?.aborted === true) stop()
      else signal?.addEventListener('abort', stop, { once: true })
    })
  return { now, sleep }
}
