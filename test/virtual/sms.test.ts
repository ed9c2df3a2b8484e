import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commands, parseTranscript, sms, splitLines } from '../../src/at/index.ts'
import { type Bytes, seededRandom } from '../../src/terms/index.ts'
import { type Delivery, hostileCentre, SmsCentre, type SmsHabits } from '../../src/virtual/index.ts'
import { type TestBoard, testBoard } from '../support/board.ts'
import { figure } from '../support/figures.ts'
import { scaled } from '../support/scale.ts'

/** A registered modem with a client, that acknowledges as asked. */
async function phone(options: { ack?: string; index?: number } = {}): Promise<TestBoard & { lines: string[] }> {
  const { ack = 'AT+CNMA=1', index = 0 } = options
  const board = testBoard({ index })
  const lines: string[] = []
  board.modem.listen((line) => {
    lines.push(line)
    if (/^\+C(MT|DS):/.test(line) && ack !== '') expect(board.modem.execute(ack).text).toBe('OK\r\n')
  })
  board.modem.execute('AT+CNMI=3,2,0,1')
  board.modem.execute('AT+CFUN=1')
  await board.clock.sleep(2000)
  return { ...board, lines }
}

function deliver(text: string): Bytes {
  return sms.formatPdu({ kind: 'deliver', from: '+4790000001', at: 0, data: { alphabet: 'gsm7', text } })
}

function submit(text: string, to = '+4790000002'): string {
  const data = { alphabet: 'gsm7', text } as const
  const { length, text: pdu } = sms.pduText(
    sms.formatPdu({ kind: 'submit', to, reference: 0, wantsReport: true, data }),
  )
  return `AT+CMGS=${length}\r${pdu}\u001a`
}

test.each(['network', 'sms', 'supply', 'authenticated'])(
  'the dialogue %s replays line for line on mfw 2.0.2',
  async (name) => {
    const entries = parseTranscript(readFileSync(new URL(`../transcripts/${name}.at`, import.meta.url), 'utf8'))
    const { modem, clock } = testBoard({ seed: 'transcript' })
    modem.sms.carrier = { submit: () => {} }
    let answer: string[] = []
    for (const { direction, text } of entries) {
      if (direction === '#') continue
      if (direction === '<') expect(answer.shift()).toBe(text)
      else {
        expect(answer).toEqual([])
        answer = splitLines(modem.execute(text).text)
        if (text === 'AT+CFUN=1') await clock.sleep(3000)
      }
    }
    expect(answer).toEqual([])
  },
)

test('M78 AT+CMGF=1 answers ERROR, as there is only PDU mode (SMS-01, SMS-02)', () => {
  const { modem } = testBoard()
  expect(modem.execute('AT+CMGF=1').text).toBe('ERROR\r\n')
  expect(modem.execute('AT+CMGF=?').text).toBe('+CMGF: (0)\r\nOK\r\n')
})

test('M79 without AT+CNMI=3,2,0,1 nothing is printed, and the centre keeps the message (SMS-03, SMS-04, SMS-33)', async () => {
  const board = await phone()
  board.modem.execute('AT+CNMI=0,0,0,0')
  expect(await board.modem.sms.deliver(deliver('Moi'))).toBe('absent')
  board.modem.execute('AT+CNMI=3,2,0,1')
  expect(await board.modem.sms.deliver(deliver('Moi'))).toBe('taken')
  const notice = board.lines.filter((line) => line.startsWith('+CMT'))
  expect(notice).toHaveLength(1)
  expect(commands.cmtNotice.parse(notice[0] ?? '')).toMatchObject({ alpha: '+4790000001' })
  board.modem.execute('AT+CFUN=4')
  expect(await board.modem.sms.deliver(deliver('Moi'))).toBe('absent')
})

test('M80 +CMGS takes the PDU in the same command, without a prompt, and tells its reference (SMS-08 to SMS-10, SMS-32)', async () => {
  const board = await phone()
  const sent: Bytes[] = []
  board.modem.sms.carrier = { submit: (octets) => void sent.push(octets) }
  expect(board.modem.execute(submit('Moi')).text).toBe('+CMGS: 1\r\nOK\r\n')
  expect(board.modem.execute(submit('Moi')).text).toBe('+CMGS: 2\r\nOK\r\n')
  expect(sent.map((octets) => sms.readSubmit(octets))).toMatchObject([
    { value: { reference: 1, to: '+4790000002', data: { text: 'Moi' } } },
    { value: { reference: 2 } },
  ])
  expect(board.modem.execute('AT+CMGS=12').text).toBe('ERROR\r\n')
  for (const spoiled of [submit('Moi').replace('=15', '=14'), 'AT+CMGS=2\r000021\u001a'])
    expect(board.modem.execute(spoiled).text, JSON.stringify(spoiled)).toBe('+CMS ERROR: 300\r\n')
  expect(board.modem.execute('AT+CEER').text).toBe('+CEER: "SMS 300"\r\nOK\r\n')
  board.modem.execute('AT+CFUN=4')
  expect(board.modem.execute(submit('Moi')).text).toBe('+CMS ERROR: 300\r\n')
  expect(sent).toHaveLength(2)
})

test('M81 without +CNMA in time the client is lost, and +CMS ERROR: 524 comes by itself (SMS-13, SMS-14, SMS-31)', async () => {
  const board = await phone({ ack: '' })
  const before = board.clock.now()
  expect(await board.modem.sms.deliver(deliver('Moi'))).toBe('unacknowledged')
  expect(board.clock.now() - before).toBe(15_000)
  expect(board.lines.at(-1)).toBe('+CMS ERROR: 524')
  expect(board.modem.execute('AT+CNMI?').text).toBe('+CNMI: 0,0,0,0,1\r\nOK\r\n')
  expect(await board.modem.sms.deliver(deliver('Moi'))).toBe('absent')
})

test('+CNMA=2 says no, the next message waits for the first, and a start ends the waiting (SMS-13, SMS-34)', async () => {
  const refusing = await phone({ ack: 'AT+CNMA=2' })
  expect(await refusing.modem.sms.deliver(deliver('Moi'))).toBe('refused')
  const board = await phone({ ack: '' })
  const first = board.modem.sms.deliver(deliver('one'))
  const second = board.modem.sms.deliver(deliver('two'))
  await board.clock.sleep(1000)
  expect(board.lines.filter((line) => line.startsWith('+CMT'))).toHaveLength(1)
  board.modem.execute('AT+CNMA')
  expect(await first).toBe('taken')
  await board.clock.sleep(1000)
  expect(board.lines.filter((line) => line.startsWith('+CMT'))).toHaveLength(2)
  board.modem.restart()
  expect(await second).toBe('unacknowledged')
  expect(board.lines).not.toContain('+CMS ERROR: 524')
})

test('a sender hears by +CDS that its message came, or that it never will (SMS-12, SMS-30)', async () => {
  for (const [there, status] of [
    [true, 0],
    [false, 0x46],
  ] as const) {
    const board = await phone()
    const centre = new SmsCentre({ clock: board.clock, random: seededRandom('1') })
    centre.joinModem('+4790000001', board.modem.sms)
    centre.join('+4790000002', { deliver: async (): Promise<Delivery> => (there ? 'taken' : 'absent') })
    expect(board.modem.execute(submit('Moi')).text).toContain('+CMGS: 1')
    await centre.quiet()
    const report = commands.cdsNotice.parse(board.lines.find((line) => line.startsWith('+CDS')) ?? '')
    const octets = sms.readPduText(report.pdu, report.length)
    expect(octets.ok && sms.readReport(octets.value.octets)).toMatchObject({
      value: { reference: 1, to: '+4790000002', status },
    })
    expect(centre.counts).toMatchObject({ submitted: 1, delivered: there ? 1 : 0, lost: there ? 0 : 1 })
  }
})

test('what an AT host sends in between is no answer: a message may come in mid-listing, and its PDU is not taken for one', async () => {
  const board = await phone({ ack: '' })
  board.modem.inFront((text, answer) => {
    if (text === 'AT+CGMM') void board.modem.sms.deliver(deliver('hello'))
    return answer()
  })
  const channel = board.channel()
  const model = channel.send(commands.cgmm, undefined)
  expect(await model).toEqual({ ok: true, value: 'nRF9151-LACA' })
  const heard: string[] = []
  for await (const line of channel.unsolicited) {
    heard.push(line)
    if (heard.length === 2) break
  }
  expect(heard[0]).toMatch(/^\+CMT: "\+4790000001",\d+$/)
  expect(heard[1]).toMatch(/^[0-9A-F]{20,}$/)
  board.modem.execute('AT+CNMA=1')
  await channel.close()
})

/** Two modems that write to one another through a centre; each text is one of its own. */
async function traffic(habits: SmsHabits, seed: string, texts: number) {
  const [alice, bob] = await Promise.all([phone({ index: 1 }), phone({ index: 2 })])
  const clock = alice.clock
  const numbers = ['+4790000001', '+4790000002'] as const
  const random = seededRandom(seed)
  const centre = new SmsCentre({ clock, random, habits })
  const [sent, heard] = [new Map<string, string>(), [] as { from: string; text: string }[]]
  for (const [index, { modem, lines }] of [alice, bob].entries()) {
    centre.joinModem(numbers[index] ?? '', modem.sms)
    let assembly = sms.emptyAssembly
    modem.listen((line) => {
      if (!line.startsWith('+CMT')) return
      const notice = commands.cmtNotice.parse(line)
      const pdu = sms.readPduText(notice.pdu, notice.length)
      const message = pdu.ok ? sms.readDeliver(pdu.value.octets) : pdu
      if (!message.ok) throw new Error(message.refusal.text)
      const step = sms.assemble(assembly, message.value, clock.now())
      assembly = step.assembly
      if (step.whole !== undefined) heard.push(step.whole)
    })
    lines.length = 0
  }
  for (let number = 0; number < texts; number++) {
    const [from, to] = number % 2 === 0 ? [0, 1] : [1, 0]
    const text = `${number}: ${'%CMNG: 16842753,0 €'.repeat(1 + random.below(20))}`
    sent.set(text, numbers[from] ?? '')
    for (const data of sms.messagesFor(text, number >> 1) ?? []) {
      const octets = sms.formatPdu({ kind: 'submit', to: numbers[to] ?? '', reference: 0, wantsReport: false, data })
      const order = sms.pduText(octets)
      const { modem } = from === 0 ? alice : bob
      expect(modem.execute(`AT+CMGS=${order.length}\r${order.text}\u001a`).text).toContain('+CMGS:')
    }
    await clock.sleep(random.below(20_000))
  }
  await centre.quiet()
  return { sent, heard, counts: centre.counts }
}

test('through a centre that delays, drops, duplicates and reorders no text is invented, none is mixed and each comes from its sender', async () => {
  const total = {
    seeds: 0,
    sent: 0,
    whole: 0,
    twice: 0,
    invented: 0,
    outOfOrder: 0,
    submitted: 0,
    dropped: 0,
    duplicated: 0,
    lost: 0,
  }
  for (let seed = 0; seed < scaled(20, 2); seed++) {
    const { sent, heard, counts } = await traffic(hostileCentre, String(seed), 60)
    total.seeds++
    total.sent += sent.size
    total.submitted += counts.submitted
    total.dropped += counts.dropped
    total.duplicated += counts.duplicated
    total.lost += counts.lost
    total.invented += heard.filter(({ from, text }) => sent.get(text) !== from).length
    const distinct = new Set(heard.map(({ text }) => text))
    total.whole += distinct.size
    total.twice += heard.length - distinct.size
    const order = heard.map(({ text }) => Number(text.split(':')[0]))
    total.outOfOrder += order.filter((number, at) => at > 0 && number < (order[at - 1] ?? 0)).length
  }
  figure('sms', total)
  expect(total.invented).toBe(0)
  expect(total.whole).toBeGreaterThan(total.sent / 4)
  for (const kind of ['dropped', 'duplicated', 'twice', 'outOfOrder'] as const) expect(total[kind]).toBeGreaterThan(0)
})

test('through a kind centre every text comes once, in order', async () => {
  const { sent, heard } = await traffic({}, 'kind', 20)
  expect(heard.map(({ text }) => text)).toEqual([...sent.keys()])
})

test('the same seed has the same fate', async () => {
  const [one, two] = await Promise.all(['7', '7'].map((seed) => traffic(hostileCentre, seed, 10)))
  expect(one?.heard).toEqual(two?.heard)
})
