import { afterEach, expect, test } from 'vitest'
import type { BrokerDriver } from '../../src/broker/index.ts'
import type { Crl } from '../../src/pki/index.ts'
import {
  type Driven,
  drivenEmbedded,
  drivenMosquitto,
  type Issued,
  type RevocationDesk,
  revocationDesk,
} from '../support/revocation-desk.ts'
import { figure } from '../support/figures.ts'
import { type LightBoard, lightBoard } from '../support/light-board.ts'
import { mosquittoProgram } from '../support/mosquitto.ts'
import { needs } from '../support/outside.ts'
import { inParallel } from '../support/pool.ts'
import { scaled } from '../support/scale.ts'
import { type Bench, benchBoard } from '../support/virtual-board.ts'
import { fromUtf8 } from '../../src/terms/index.ts'

const minutes = 60_000
const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

const withMosquitto = needs('mosquitto', mosquittoProgram !== undefined)
const ways: [string, (desk: RevocationDesk) => Promise<Driven>, typeof test | typeof test.skip][] = [
  ['embedded', drivenEmbedded, test],
  ['mosquitto-by-log', (desk) => drivenMosquitto(desk, 'log'), withMosquitto],
  ['mosquitto-through-observer', (desk) => drivenMosquitto(desk, 'observer'), withMosquitto],
]

for (const [name, start, on] of ways) {
  on(
    `${name}: of many connected boards the revoked one is out and stays out, and the others keep their sessions`,
    {
      timeout: 10 * minutes,
    },
    async () => {
      const desk = await revocationDesk()
      const { driver, port, close: stop } = await start(desk)
      close.push(stop)
      const count = scaled(200, 20)
      const boards: LightBoard[] = []
      const revoked = await desk.issue('board-0')
      const { board: out, prints } = wholeBoard(desk, port, revoked)
      close.push(() => out.halt())
      void out.boot()
      await out.shows('connected')
      const names = Array.from({ length: count - 1 }, (_, index) => `board-${index + 1}`)
      await inParallel(names, 8, async (subject) => {
        boards.push(await lightBoard(port, `client-of-${subject}`, await desk.issue(subject)))
      })
      for (const board of boards) close.push(() => board.leave())
      expect(await boardsAt(driver)).toBe(count)
      const begun = performance.now()
      const published = await driver.publish(await desk.listFor([revoked]))
      expect(published).toMatchObject({ ok: true })
      expect(out.led, 'loading a list ends nobody').toBe('connected')
      const ended = await driver.endSessions(revoked)
      expect(ended).toEqual({ ok: true, value: { ended: 1 } })
      await out.shows('error')
      const outAfter = performance.now() - begun
      // Its application tries again and again, as they do in the field, and prints what its SDK makes of the refusal.
      const refusals = (): number => out.log.filter((line) => /connect failed: 5$|mqtt_connect -111$/.test(line)).length
      while (refusals() < 3) await prints(/./, out.log.length)
      expect(out.log.filter((line) => line.endsWith('MQTT client connected')).length).toBe(1)
      await expect(lightBoard(port, 'client-0', revoked)).rejects.toThrow(/REVOKED|CONNACK 5/)
      const host = await lightBoard(port, 'host', desk.trials.healthy)
      await host.publish('after the revocation')
      await Promise.all(boards.map((board) => board.hears('after the revocation')))
      expect(boards.filter((board) => board.isUp()).length, 'each on its first connection').toBe(count - 1)
      expect(await boardsAt(driver)).toBe(count - 1)
      host.leave()
      if (!published.ok) return
      const { inForceAfter, healthyAfter } = published.value
      figure(`revoke-${name}`, {
        boards: count,
        stayed: boards.length,
        secondsUntilInForce: inForceAfter / 1000,
        secondsUntilHealthyEntered: healthyAfter / 1000,
        secondsUntilOut: Math.round(outAfter) / 1000,
      })
    },
  )
}

for (const [name, start, on] of ways.slice(0, 2)) {
  on(
    `${name}: a list that is stale, soon stale, foreign, older, or names a healthy board is refused before it is loaded`,
    async () => {
      const desk = await revocationDesk()
      const { driver, port, close: stop } = await start(desk)
      close.push(stop)
      const older = await desk.listFor([])
      expect(await driver.publish(await desk.listFor([]))).toMatchObject({ ok: true })
      const day = 86_400_000
      const stranger = await revocationDesk('stranger')
      const lists: [Crl, RegExp][] = [
        [await desk.listFor([], { now: Date.now() - 40 * day, days: 30 }), /it was good until/],
        [await desk.listFor([], { now: Date.now() - 29.5 * day, days: 30 }), /it is good only until/],
        [await desk.listFor([], { now: Date.now() + day }), /it is good from/],
        [await stranger.listFor([]), /it is by CN=stranger issuing CA/],
        [older, /is loaded already/],
        [await desk.listFor([desk.trials.healthy]), /which is not revoked/],
      ]
      for (const [list, why] of lists) {
        const published = await driver.publish(list)
        expect(published).toMatchObject({
          ok: false,
          refusal: { code: 'guarded', state: expect.stringContaining('nothing was put in place') },
        })
        expect(published.ok ? '' : published.refusal.text).toMatch(why)
      }
      const healthy = await lightBoard(port, 'healthy', desk.trials.healthy)
      healthy.leave()
      await expect(lightBoard(port, 'revoked', desk.trials.revoked)).rejects.toThrow(/REVOKED|CONNACK 5/)
    },
  )
}

/** How many boards the driver finds in session, by their certificates. */
async function boardsAt({ sessions }: BrokerDriver): Promise<number> {
  const found = await sessions()
  return found.ok ? found.value.filter(({ subject }) => /(?:^|=)board-\d+$/.test(subject ?? '')).length : -1
}

/** A virtual board whose modem holds this certificate, with an application that never gives up. */
function wholeBoard({ ca }: RevocationDesk, port: number, { chain, key }: Issued): Bench {
  return benchBoard(port, { root: ca.files.rootCertificate, chain, key: fromUtf8(key.reveal()) })
}
