import { expect, test } from 'vitest'
import { diagnose, readEvidence, textEvidence } from '../../../src/doctor/index.ts'
import { bytesOf, concatBytes } from '../../../src/terms/index.ts'
import { leader } from '../../support/evidence.ts'

/** Bytes that are no UTF-8, of which none is a line end. */
const noise = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (at % 5 === 4 ? 65 + (at % 26) : 128 + ((at * 37) % 127)))

const evidence = (id: string, ...parts: readonly (string | Uint8Array)[]) => ({
  ...textEvidence(id, ''),
  body: concatBytes(parts.map((part) => (typeof part === 'string' ? bytesOf(part) : part))),
})

const told = 'the credentials are gone from the modem, and mqtt_connect fails with -111\n'

test('a program names no cause, whatever the words in it say', () => {
  const program = evidence('sectag.bin', noise(900), '\n', told.repeat(2), noise(900), '\n', told, noise(9), '\n', told)
  const verdict = diagnose([program])
  expect(leader(verdict)).toBe('insufficient-evidence')
  expect(readEvidence(program).facts).toEqual([])
  expect(verdict.notes.map(({ code }) => code)).toEqual(['garbled-evidence'])
})

test('a program beside a log takes nothing from what the log says', () => {
  const log = textEvidence('device.log', '+CEREG: 90\n<err> app: SIM card not detected\n')
  expect(leader(diagnose([evidence('app.bin', noise(4000), '\n', told), log]))).toBe('sim-failure')
})

test('a log with some garbled lines is read, and of those lines nothing is', () => {
  const log = evidence(
    'uart.log',
    noise(300),
    '\n*** Booting Zephyr OS build v3.5.99-ncs1 ***\n<inf> app: up\n<inf> app: LTE connected\n',
    noise(40),
    ' +CEREG: 90 ',
    noise(40),
    '\n<inf> app: connecting\n<err> app: mqtt_connect, error: -111\n<inf> app: again in 60 s\n',
  )
  const { facts, garbled } = readEvidence(log)
  expect(garbled).toBeUndefined()
  expect(facts.map(({ kind }) => kind)).toContain('failure')
  expect(facts.map(({ kind }) => kind)).not.toContain('sim')
})

test('noise in front of a line, and letters of another encoding, are no reason not to read it', () => {
  const marked = evidence('uart.log', Uint8Array.of(0xff, 0xfe, 0x90), '<err> app: mqtt_connect, error: -111\n')
  expect(readEvidence(marked).facts.map(({ kind }) => kind)).toContain('failure')
  const latin = evidence('ticket.txt', 'das Ger', Uint8Array.of(0xe4), 't meldet +CEREG: 90\n+CEREG: 90\n')
  expect(readEvidence(latin).facts.map(({ kind }) => kind)).toContain('sim')
})
