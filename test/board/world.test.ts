import { expect, test } from 'vitest'
import { sms } from '../../src/at/index.ts'
import { boardProfile, boardProfiles, VirtualBoard, type VirtualBoardOptions } from '../../src/board/index.ts'
import { EmbeddedBroker } from '../../src/broker/index.ts'
import { parseSdk, rejectCauses } from '../../src/numbers/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { seededRandom } from '../../src/terms/index.ts'
import { type Coverage, SmsCentre } from '../../src/virtual/index.ts'
import { freePort } from '../support/mosquitto.ts'
import { brokerPaper } from '../support/paper.ts'
import { benchBoard, boardTag, fill, quickClock } from '../support/virtual-board.ts'

const made = brokerPaper()

async function embedded(): Promise<EmbeddedBroker> {
  const { root, server } = await made
  const { chain, key } = server
  const options = {
    clock: systemClock,
    host: '127.0.0.1',
    port: 0,
    serverChain: chain,
    serverKey: key,
    clientRoots: root,
  }
  return EmbeddedBroker.start(options)
}

/** The options of a profile, with what its bench needs. */
function of(name: string): Partial<VirtualBoardOptions> {
  const profile = boardProfile(name)
  if (profile === undefined) throw new Error(`no profile ${name}`)
  const { habits, libc, sdk } = profile
  return { habits, libc, sdk }
}

test('every profile can be built, and names are their own', () => {
  expect(new Set(boardProfiles.map(({ name }) => name)).size).toBe(boardProfiles.length)
  for (const { name, sdk } of boardProfiles) {
    expect(parseSdk(sdk), name).toBeDefined()
    expect(new VirtualBoard({ ...benchBoard(1, {}).board.options, ...of(name) }).led).toBe('off')
  }
})

test('a watchful board says by light and SMS what is missing in its tag, and connects once it is written (LOSS-52)', async () => {
  const { root, board: own } = await made
  const broker = await embedded()
  const { board, modem, sent, prints } = benchBoard(broker.port, { root }, of('watchful'))
  await board.boot()
  await board.shows('missing')
  await prints(/SMS sent/)
  expect(sent).toEqual([
    {
      from: '+491700000007',
      to: '+491700000000',
      text: `${modem.identity.imei}: tag ${boardTag}: client certificate, private key missing`,
    },
  ])
  modem.execute('AT+CFUN=4')
  fill(modem, { root, ...own })
  modem.execute('AT+CFUN=1')
  await board.shows('connected')
  expect(sent).toHaveLength(1)
  await board.halt()
  await broker.close()
})

test('DevZone 70134: a board that rewrites other tags at each start loses an untouched one on a dying battery, and prints -95 (LOSS-43, LOSS-44)', async () => {
  const { root, board: own } = await made
  const broker = await embedded()
  const battery = { level: 3700, sag: 150, brownOut: 2900 }
  const options = { ...of('rewriter'), battery, mfw: '1.0.0' }
  const { board, modem, prints } = benchBoard(broker.port, { root, ...own }, options)
  await board.boot()
  await board.shows('connected')
  for (const tag of [51, 52]) expect(modem.execute(`AT%CMNG=1,${tag},4`).text).toContain(`%CMNG: ${tag},4,`)
  // It is written again at each start, changed or not (LOSS-50).
  expect(modem.store.writes.get('51/4')).toBe(1)
  await board.boot()
  await board.shows('connected')
  expect(modem.store.writes.get('51/4')).toBe(2)
  battery.level = 2950
  await board.boot()
  while (modem.store.get({ tag: boardTag, type: 0 }) !== undefined) await quickClock.sleep(50)
  await board.shows('off')
  expect(modem.execute(`AT%CMNG=1,${boardTag}`).text).toBe('OK\r\n')
  expect(modem.execute('AT%CMNG=1,51').text).toContain('%CMNG: 51,4,')
  battery.level = 3700
  const before = board.log.length
  await board.boot()
  expect(await prints(/mqtt_connect/, before)).toMatch(/mqtt_connect -95$/)
  await board.halt()
  await broker.close()
})

test('60: the same habit on firmware that guards its supply is refused with 528, and loses nothing (POW-12, LOSS-49)', async () => {
  const { root, board: own } = await made
  const battery = { level: 2950, sag: 150, brownOut: 2900 }
  const { board, modem, prints } = benchBoard(await freePort(), { root, ...own }, { ...of('rewriter'), battery })
  await board.boot()
  await prints(/Writing to tag 52 failed: ERROR/)
  expect(modem.execute(`AT%CMNG=1,${boardTag}`).text.match(/%CMNG:/g)).toHaveLength(3)
  expect(modem.execute('AT%CMNG=1,51').text).toBe('OK\r\n')
  await board.halt()
})

test('a sleeper makes contact, says when the next one is, sleeps in flight mode, and comes again (MODE-21)', async () => {
  const { root, board: own } = await made
  const broker = await embedded()
  const habits = { sleeps: { every: 200_000, awake: 60_000 } }
  const { board, modem, prints } = benchBoard(broker.port, { root, ...own }, { ...of('sleeper'), habits })
  await board.boot()
  await board.shows('connected')
  await board.shows('sleeping')
  expect(modem.state.functionalMode).toBe(4)
  await prints(/Sleeping for 140 seconds/)
  expect(board.log.join('\n')).not.toMatch(/<err>/)
  await board.shows('connected')
  await board.halt()
  await broker.close()
})

test('a refused registration is seen with its cause, is forgotten as soon as the network takes the board, or is remembered until +CFUN=0 (MODE-33, MODE-46, MODE-47)', async () => {
  for (const { code, sticky } of rejectCauses.filter(({ code }) => code === 11 || code === 15)) {
    const network: Coverage = { refuses: code }
    const { board, modem, prints } = benchBoard(await freePort(), {}, { network })
    await board.boot()
    await prints(new RegExp(`\\+CEREG: 3,"002F","0012BEEF",7,0,${code}$`))
    expect(modem.execute('AT+CEER').text).toBe(`+CEER: "EMM ${code}"\r\nOK\r\n`)
    expect(board.led).toBe('searching')
    delete network.refuses
    if (sticky) {
      const before = board.log.length
      modem.execute('AT+CFUN=4')
      modem.execute('AT+CFUN=1')
      await prints(/\+CEREG: 3,/, before)
      modem.execute('AT+CFUN=0')
      modem.execute('AT+CFUN=1')
    }
    await prints(/LTE Link Connected!/)
    await board.halt()
  }
})

test('coverage that comes and goes, another network, an access point that does not exist, and closed ports (MODE-30, MODE-53, ERR-85)', async () => {
  const { root, board: own } = await made
  const broker = await embedded()
  const network: Coverage & { closed?: boolean } = { coverage: 'none' }
  const { board, prints } = benchBoard(broker.port, { root, ...own }, { network, searchPatience: 5000 })
  await board.boot()
  await prints(/Failed to establish LTE connection/)
  network.apn = 'unknown'
  network.coverage = 'ok'
  await prints(/\+CEREG: 2$/)
  delete network.apn
  network.roaming = true
  network.closed = true
  await prints(/\+CEREG: 5,/)
  await prints(/mqtt_connect -111$/)
  network.closed = false
  await board.shows('connected')
  const before = board.log.length
  network.coverage = 'none'
  await prints(/LTE Link lost/, before)
  network.coverage = 'ok'
  await board.shows('connected')
  await board.halt()
  await broker.close()
})

test('a board is asked through a centre by a phone, and its replies come back through it, a blank one too (ERR-21)', async () => {
  const centre = new SmsCentre({ clock: quickClock, random: seededRandom('1') })
  const { board, modem, prints } = benchBoard(await freePort(), {}, { centre, longReplies: 'split' })
  const heard: string[] = []
  let assembly = sms.emptyAssembly
  centre.join('+491700000001', {
    deliver: async (octets) => {
      const message = sms.readDeliver(octets)
      if (!message.ok) return 'refused'
      const step = sms.assemble(assembly, message.value, quickClock.now())
      assembly = step.assembly
      if (step.whole !== undefined) heard.push(step.whole.text)
      return 'taken'
    },
  })
  await board.boot()
  await prints(/LTE Link Connected!/)
  for (const text of ['AT+CGSN', `AT%CMNG=1,${boardTag},0`, 'AT%ATTESTTOKEN']) {
    const data = { alphabet: 'gsm7', text } as const
    const order = { kind: 'submit', to: '+491700000007', reference: 0, wantsReport: false, data } as const
    const before = heard.length
    centre.submit('+491700000001', sms.formatPdu(order))
    while (heard.length === before) {
      await centre.quiet()
      await quickClock.sleep(100)
    }
  }
  expect(heard.slice(0, 2)).toEqual([modem.identity.imei, ''])
  // Two messages (SMS-25).
  expect(heard[2]).toMatch(/^%ATTESTTOKEN: "[\w.-]{180}"$/)
  expect(centre.counts).toMatchObject({ submitted: 7, delivered: 7 })
  await board.halt()
})

test('63: flashing or erasing the application keeps what the modem holds (LOSS-18)', async () => {
  const { root, board: own } = await made
  const broker = await embedded()
  const first = benchBoard(broker.port, { root, ...own }, { sdk: '1.9.1' })
  await first.board.boot()
  await first.board.shows('connected')
  await first.board.halt()
  // Another application on the same modem, which nobody has written anything to.
  const second = benchBoard(broker.port, {}, { modem: first.modem, sdk: '2.6.0' })
  await second.board.boot()
  await second.board.shows('connected')
  await second.board.halt()
  await broker.close()
})
