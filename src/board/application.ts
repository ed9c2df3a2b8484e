import { isOnline, type VirtualState } from '../virtual/index.ts'
import type { Body } from './body.ts'
import { errnoOf } from './errno.ts'
import { until } from './radio.ts'
import { holdSession } from './session.ts'

const standardRetry = { first: 5000, factor: 2, most: 300_000 }
const standardSearch = 600_000

/** What the application does from its start until the signal, when it rejects: search, connect, and again. */
export async function runApplication(body: Body, signal: AbortSignal): Promise<never> {
  body.print('inf', 'The MQTT simple sample started')
  // SMS-03: nothing is received before a client is registered.
  for (const text of ['AT+CNMI=3,2,0,1', 'AT+CEREG=5']) await command(body, text)
  body.print('inf', 'LTE Link Connecting...')
  await command(body, 'AT+CFUN=1')
  for (;;) {
    await findNetwork(body, signal)
    await useNetwork(body, signal)
    body.print('inf', 'LTE Link Connecting...')
  }
}

async function command(body: Body, text: string): Promise<void> {
  const answer = await body.command(text)
  // ERR-110: a plain ERROR is all that comes while +CMEE is 0.
  if (!answer.endsWith('OK\r\n')) body.print('err', `${text} failed, error: 65536`)
}

async function findNetwork(body: Body, signal: AbortSignal): Promise<void> {
  const { modem, clock, searchPatience } = body.options
  const look = (state: VirtualState): boolean => {
    body.show(state.registration === noSim ? 'error' : 'searching')
    return isOnline(state)
  }
  for (;;) {
    const tooLong = new AbortController()
    const found = new AbortController()
    const timer = clock.sleep(searchPatience ?? standardSearch, AbortSignal.any([signal, found.signal])).then(
      () => tooLong.abort(),
      () => {},
    )
    try {
      await until(modem, clock, look, AbortSignal.any([signal, tooLong.signal]))
      return body.print('inf', 'LTE Link Connected!')
    } catch {
      signal.throwIfAborted()
      body.print('err', `Failed to establish LTE connection: ${-errnoOf('ETIMEDOUT', body.build)}`)
    } finally {
      found.abort()
      await timer
    }
  }
}

/** MODE-31 */
const noSim = 90

/** Connects and connects again for as long as there is a network. A modem that leaves it closes its sockets. */
async function useNetwork(body: Body, signal: AbortSignal): Promise<void> {
  const { modem, clock } = body.options
  const gone = new AbortController()
  const either = AbortSignal.any([signal, gone.signal])
  const watching = until(modem, clock, (state) => !isOnline(state), either).then(
    () => gone.abort(),
    () => {},
  )
  try {
    await keepTrying(body, either)
  } catch (error) {
    if (!either.aborted) throw error
  } finally {
    gone.abort()
    await watching
  }
  signal.throwIfAborted()
  body.print('wrn', 'LTE Link lost')
}

async function keepTrying(body: Body, signal: AbortSignal): Promise<never> {
  const { clock, retry } = body.options
  const { first, factor, most } = retry ?? standardRetry
  for (let pause = first; ; ) {
    body.show('connecting')
    if (await holdSession(body, signal)) pause = first
    signal.throwIfAborted()
    body.show('error')
    body.print('inf', `Reconnecting in ${Math.round(pause / 1000)} seconds...`)
    await clock.sleep(pause, signal)
    pause = Math.min(most, pause * factor)
  }
}
