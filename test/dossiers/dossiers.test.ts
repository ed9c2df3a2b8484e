import { expect, test } from 'vitest'
import { mosquittoProgram } from '../support/mosquitto.ts'
import { needs } from '../support/outside.ts'
import { inParallel } from '../support/pool.ts'
import { sampled } from '../support/scale.ts'
import { openssl } from '../support/tls-servers.ts'
import { degraded } from './degrade.ts'
import type { Dossier } from './dossier.ts'
import { act, scenes } from './generate.ts'
import { judge } from './judge.ts'
import { score } from './score.ts'
import { heldOut, templates } from './templates.ts'

const on = needs('mosquitto and openssl', mosquittoProgram !== undefined && openssl !== undefined)

test('at least five hundred dossiers can be acted, and a third of their templates is held out', () => {
  const names = templates.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(scenes().length).toBeGreaterThanOrEqual(500)
  expect([...heldOut].filter((name) => !names.includes(name))).toEqual([])
  expect(heldOut.size / names.length).toBeGreaterThanOrEqual(1 / 3)
})

test('a worn dossier is the same for the same seed, keeps its truth, and tells no more than the clean one', () => {
  const log = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n')
  const dossier: Dossier = {
    template: 'any',
    setting: { mfw: '1.0.0', sdk: '1.0.0', libc: 'minimal' },
    truth: 'cred-slot-empty',
    acceptable: [],
    heldOut: false,
    pieces: [{ name: 'mosquitto.log', kind: 'broker', text: log }],
  }
  const [one, two] = [degraded(dossier, '7'), degraded(dossier, '7')]
  expect(one).toEqual(two)
  expect(one.truth).toBe('cred-slot-empty')
  const lines = one.pieces[0]?.text.split('\n') ?? []
  expect(lines.length).toBeLessThan(40)
  expect(lines.filter((line) => !log.split('\n').includes(line))).toEqual([])
})

on(
  'troubles acted by boards, networks and brokers: the doctor blames no credentials for what network, SIM or platform did',
  async () => {
    const acted: Dossier[] = []
    await inParallel(sampled(scenes(), 60), 4, async (scene) => void acted.push(await act(scene)))
    const judged = acted.flatMap((dossier) => [dossier, degraded(dossier, 'test')]).map(judge)
    console.log(`dossiers: ${JSON.stringify(score(judged))}`)
    expect(judged.filter(({ worst }) => worst).map(({ dossier, said }) => [dossier.template, said[0]])).toEqual([])
  },
  300_000,
)
