import { afterEach, expect } from 'vitest'
import { lightBoard } from '../support/light-board.ts'
import { mosquittoProgram } from '../support/mosquitto.ts'
import { needs } from '../support/outside.ts'
import { type RevokePlace, revokePlace } from '../support/revoke-place.ts'

const test = needs('mosquitto', mosquittoProgram !== undefined)
const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

async function place(more?: readonly string[]): Promise<RevokePlace> {
  const made = await revokePlace(more)
  close.push(made.clear)
  return made
}

test('revoke puts a connected board out for good, tells each step in seconds, and leaves the others alone', async () => {
  const { made, broker, flags, issue } = await place()
  const [bad, good] = [await issue('bad'), await issue('good')]
  const [out, stays] = [await lightBoard(broker.port, 'one', bad), await lightBoard(broker.port, 'two', good)]
  close.push(
    () => out.leave(),
    () => stays.leave(),
  )
  const ran = await made.run(['revoke', bad.file, '--reason', 'keyCompromise', '--yes', ...flags])
  expect(ran.exit, ran.err).toBe(0)
  const words = ['is recorded as revoked', 'names 2, good until', 'refuses who is in the list', '1 live sessions ended']
  for (const word of [...words, 'enters still', 'OUT  CN=bad']) expect(ran.out).toContain(word)
  expect(ran.out.match(/^\d+\.\d{3} s /gm)?.length).toBe(5)
  await out.over
  await expect(lightBoard(broker.port, 'one', bad)).rejects.toThrow('REVOKED')
  await stays.publish('still here')
  await stays.hears('still here')
  const again = await made.run(['revoke', bad.serial, '--yes', '--json', ...flags])
  expect(again.exit).toBe(0)
  expect(again.result).toMatchObject({ verb: 'revoke', ended: 0, serials: [bad.serial] })
  expect(stays.isUp()).toBe(true)
})
