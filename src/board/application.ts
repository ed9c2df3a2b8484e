import { isRegistered, type VirtualState } from '../virtual/index.ts'
import type { Body } from './body.ts'
import { errnoOf } from './errno.ts'
import { until } from './radio.ts'
import { holdSession } from './session.ts'
import { bootCheck, rewrite } from './start.ts'

const standardRetry = { first: 5000, factor: 2, most: 300_000 }
const standardSearch = 600_000

/** What the application does from its start until the signal, when it rejects: search, connect, and again. */
export async function runApplication(body: Body, signal: AbortSignal): Promise<never> {
  body.print('inf', 'The MQTT simple sample started')
  // SMS-03: nothing is received before a client is registered.
  for (const text of ['AT+CNMI=3,2,0,1', 'AT+CEREG=5']) await command(body, text)
  await rewrite(body, signal)
  body.print('inf', 'LTE Link Connecting...')
  await command(body, 'AT+CFUN=1')
  for (;;) {
    const missing = await bootCheck(body)
    await findNetwork(body, signal)
    if (missing !== undefined && missing.length > 0) await complain(body, missing, signal)
    else if (body.options.habits?.sleeps === undefined) await useNetwork(body, signal)
    else await makeContact(body, signal)
    body.print('inf', 'LTE Link Connecting...')
  }
}

/** Says what is missing, once, and waits until somebody has taken the radio away to write it. */
async function complain(body: Body, missing: readonly string[], signal: AbortSignal): Promise<void> {
  const { clock, habits, modem, tag } = body.options
  body.show('missing')
  const to = habits?.bootCheck?.tells ?? ''
  await body.tell(to, `${modem.identity.imei}: tag ${tag}: ${missing.join(', ')} missing`)
  await until(modem, clock, (state) => !isRegistered(state), signal)
}

/** Stays for a while, then sleeps in flight mode until the next contact (MODE-21). */
async function makeContact(body: Body, signal: AbortSignal): Promise<void> {
  const { clock, habits } = body.options
  const { awake, every } = habits?.sleeps ?? { awake: 0, every: 0 }
  const nap = new AbortController()
  const falls = clock.sleep(awake, signal).then(() => nap.abort())
  falls.catch(() => {})
  // Going to sleep is no failure, and is not printed as one.
  const sleepy: Body = { ...body, print: (level, text) => nap.signal.aborted || body.print(level, text) }
  await useNetwork(sleepy, AbortSignal.any([signal, nap.signal])).catch((error: unknown) => {
    if (!nap.signal.aborted) throw error
  })
  await falls
  await command(body, 'AT+CFUN=4')
  body.show('sleeping')
  body.print('inf', `Sleeping for ${Math.round((every - awake) / 1000)} seconds`)
  await clock.sleep(every - awake, signal)
  await command(body, 'AT+CFUN=1')
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
    return isRegistered(state)
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
  const watching = until(modem, clock, (state) => !isRegistered(state), either).then(
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
