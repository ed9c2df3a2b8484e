import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, expect } from 'vitest'
import { readRevocations } from '../../src/cli/ca/revocations.ts'
import { readCrl } from '../../src/pki/index.ts'
import { knowing } from '../support/ca-desk.ts'
import { figure } from '../support/figures.ts'
import { killAt } from '../support/kill-at.ts'
import { lightBoard } from '../support/light-board.ts'
import { mosquittoProgram } from '../support/mosquitto.ts'
import { needs } from '../support/outside.ts'
import { start } from '../support/process.ts'
import { type RevokePlace, revokePlace } from '../support/revoke-place.ts'
import { sampled } from '../support/scale.ts'

const test = needs('mosquitto', mosquittoProgram !== undefined)
const hour = 3_600_000
const never = 1_000_000
const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

/** `sectag revoke` as a process of its own, killed before its n-th change of the disk; how many there are where it is not. */
async function killed({ made, flags }: RevokePlace, serial: string, moment: number): Promise<number> {
  const env = { ...knowing(made.folder), NODE_OPTIONS: `--import=${killAt}`, SECTAG_KILL_AT: String(moment) }
  const running = start(['revoke', serial, '--yes', ...flags], { cwd: made.folder, env })
  await running.ended
  expect(running.child.signalCode, running.err()).toBe(moment === never ? null : 'SIGKILL')
  return Number(/moments: (\d+)/.exec(running.err())?.[1])
}

test('revoke killed at any change of the disk is finished by the same command, and harms nobody on the way', {
  timeout: hour,
}, async () => {
  const place = await revokePlace()
  close.push(place.clear)
  const { made, broker, flags, issue } = place
  const healthy = await lightBoard(broker.port, 'healthy', await issue('healthy'))
  close.push(() => healthy.leave())
  // The first one makes files that the others find.
  await killed(place, (await issue('first')).serial, never)
  const count = await killed(place, (await issue('second')).serial, never)
  expect(count).toBeGreaterThan(20)
  const moments = sampled(
    Array.from({ length: count }, (_, index) => index),
    10,
  )
  const found = { kills: 0, recordedBeforeDeath: 0, out: 0 }
  for (const moment of moments) {
    const bad = await issue(`bad-${moment}`)
    const board = await lightBoard(broker.port, `client-${moment}`, bad)
    await killed(place, bad.serial, moment)
    found.kills++
    const recorded = readRevocations(made.ca).entries.some(({ serial }) => serial === bad.serial)
    if (recorded) found.recordedBeforeDeath++
    const inPlace = readCrl(readFileSync(made.path('boards.crl'), 'latin1'))
    expect(inPlace.ok, `killed at ${moment}: a whole list is in place, always`).toBe(true)
    if (inPlace.ok && inPlace.value.entries.has(bad.serial)) expect(recorded).toBe(true)
    const again = await made.run(['revoke', bad.serial, '--yes', ...flags])
    expect(again.exit, `killed at ${moment}: ${again.err}`).toBe(0)
    await board.over
    await expect(lightBoard(broker.port, `client-${moment}`, bad)).rejects.toThrow('REVOKED')
    found.out++
  }
  await healthy.publish('still on the first connection')
  await healthy.hears('still on the first connection')
  expect(readdirSync(made.folder).filter((name) => name.endsWith('.part'))).toEqual([])
  expect(found.recordedBeforeDeath).toBeGreaterThan(0)
  figure('kill-revoke', { ...found, momentsOfACommand: count })
})

test('revoke killed between its steps, when the broker has heard of some of them, is finished by the same command', async () => {
  const place = await revokePlace()
  close.push(place.clear)
  const { made, broker, flags, issue } = place
  for (const [index, said] of ['recorded as', 'good until', 'the broker refuses', 'live sessions? ended'].entries()) {
    const bad = await issue(`bad-${index}`)
    const board = await lightBoard(broker.port, `client-${index}`, bad)
    const running = start(['revoke', bad.serial, '--yes', ...flags], { cwd: made.folder, env: knowing(made.folder) })
    await running.prints(new RegExp(said))
    running.child.kill('SIGKILL')
    await running.ended
    const again = await made.run(['revoke', bad.serial, '--yes', ...flags])
    expect(again.exit, `killed after it said ${said}: ${again.err}`).toBe(0)
    await board.over
    await expect(lightBoard(broker.port, `client-${index}`, bad)).rejects.toThrow('REVOKED')
  }
})
