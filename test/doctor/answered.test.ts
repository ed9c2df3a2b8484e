import { expect, test } from 'vitest'
import { diagnose, nextInquiry, readEvidence, textEvidence } from '../../src/doctor/index.ts'

const nextOf = (text: string) => diagnose([textEvidence('log', text)]).next

const registered = '> AT+CEREG?\n< +CEREG: 0,5\n< OK\n'
const context = '> AT+CGDCONT?\n< +CGDCONT: 0,"IP","iot.example","10.1.2.3",0,0\n< OK\n'
const address = '> AT+CGPADDR\n< +CGPADDR: 0,"10.1.2.3"\n< OK\n'
const unresolved = '<err> app: getaddrinfo failed: -2\n'

test('an address that a modem told is not asked for again', () => {
  expect(nextOf(registered + unresolved)?.topic).toBe('bearer')
  for (const told of [context, address, '> AT+CGPADDR=0\n< +CGPADDR: 0\n< OK\n'])
    expect(nextOf(registered + told + unresolved)?.topic).not.toBe('bearer')
})

test.each(['+CPIN: SIM PIN\n< OK', '+CME ERROR: 10', 'ERROR'])(
  'a card whose state the modem told is not asked about again, nor whether it registers: %s',
  (answer) => {
    expect(['sim', 'registration']).not.toContain(nextOf(`> AT+CPIN?\n< ${answer}\n`)?.topic)
  },
)

test('what an application alone says of a card is worth a question to the modem', () => {
  expect(nextOf('<err> app: SIM card not detected\n')?.topic).toBe('sim')
})

/** All that is asked one after the other, where nothing is answered. */
function askedOf(text: string): string[] {
  const reads = [readEvidence(textEvidence('log', text))]
  const asked = new Set<string>()
  for (;;) {
    const inquiry = nextInquiry(reads, asked)
    if (inquiry === undefined) return [...asked]
    asked.add(inquiry.id)
  }
}

test('nobody is asked what the files answer', () => {
  const fails = '<err> app: mqtt_connect, error: -111\n'
  expect(askedOf(fails)).toEqual(expect.arrayContaining(['registration', 'broker']))
  const log = '1702300000: New connection from 10.0.0.5:50001 on port 8883.\n'
  const asked = askedOf(`${registered}${fails}${log}`)
  expect(asked).not.toContain('registration')
  expect(asked).not.toContain('broker')
})
