import { describe, expect, test } from 'vitest'
import { testApplication, testWriter } from '../probe/chip/programs.ts'
import { freshPaper } from '../support/paper.ts'
import { founding, memoryOf, type ProbeDesk, put, rootAlone, tag } from '../support/probe-desk.ts'
import { benchFor, expectFailure, nextLine, wordsOf } from '../support/probe-tests.ts'

const four = ['960000001', '960000002', '960000003', '960000004'] as const
const list = ['apply', '--boards', 'boards.csv', '--writer', 'writer.hex']

/** Four boards at four probes, and a list that has for each a pair of its own. */
async function desks(head = 'probe,tag,ca,cert,key'): Promise<ProbeDesk> {
  const desk = await benchFor({}, ['nrfutil'])
  const rows = []
  for (const serial of four) {
    if (serial !== four[0]) plug(desk, serial)
    const { certificate, key } = await freshPaper()
    desk.file(`${serial}.crt`, certificate)
    desk.file(`${serial}.key`, key)
    desk.file('other.crt', desk.paper.ca)
    rows.push(`${serial},${tag},other.crt,${serial}.crt,${serial}.key`)
  }
  desk.file('boards.csv', `${head}\n${rows.join('\n')}\n`)
  return desk
}

function plug(desk: ProbeDesk, serial: string): void {
  const chip = desk.bench.chip()
  put(chip, testApplication('old'))
  desk.bench.plug(serial, chip)
}

describe('of many boards', () => {
  test('all that are left are in the next command, and it does just those', async () => {
    const desk = await desks()
    for (const serial of [four[1], four[3]]) desk.bench.unplug(serial)
    const ran = await desk.run(list)
    expectFailure(ran, 7, /of 4 boards 2 are not done: 960000002, 960000004/)
    expect(nextLine(ran)).toBe(
      `sectag ${list.join(' ')} --only 960000002,960000004   # or what each of them names above`,
    )
    for (const serial of [four[1], four[3]]) plug(desk, serial)
    const before = desk.bench.calls().length
    const again = await desk.run(wordsOf(nextLine(ran)))
    expect(again.exit, again.err).toBe(0)
    expect(again.out.match(/^9600.* {2}PRESENCE/gm)).toHaveLength(2)
    expect(JSON.stringify(desk.bench.calls().slice(before))).not.toMatch(/960000001|960000003/)
  })

  test('with the same files the probes of all that are left are named', async () => {
    const desk = await desks()
    for (const serial of [four[0], four[2]]) desk.bench.unplug(serial)
    const ran = await desk.run(rootAlone(four.join(',')))
    expect(nextLine(ran)).toMatch(/^sectag apply --probe 960000001,960000003 --writer writer\.hex --tag/)
  })

  test('each has its line in the order of the list, whichever is done first', async () => {
    const desk = await desks()
    desk.bench.unplug(four[2])
    const { out } = await desk.run(list)
    const lines = out.match(/^9600\d+(?= {2}(?:PRESENCE|exit))/gm)
    expect(lines).toEqual(four)
  })

  test('only those are taken that --only names, and it names none that the list has not', async () => {
    const desk = await desks()
    const one = await desk.run([...list, '--only', '000960000003', '--json'])
    expect(one.exit, one.err).toBe(0)
    expect(one.result).toMatchObject({ probe: four[2] })
    expectFailure(await desk.run([...list, '--only', '960000009']), 2, /no probe 960000009 is in boards\.csv/)
    expectFailure(await desk.run([...founding, '--only', four[0]]), 2, /--only without --boards/)
    expect(await memoryOf(desk.chip)).toEqual({})
  })
})

describe('what is said of a list', () => {
  test('names the row of what is wrong, and of every row that is', async () => {
    const desk = await desks()
    const rows = [`${four[0]},2147483649,other.crt,,`, `${four[1]},${tag},nowhere.crt,,`]
    desk.file('boards.csv', `probe,tag,ca,cert,key\n${rows.join('\n')}\n`)
    const both = await desk.run(list)
    expectFailure(both, 2, /boards\.csv:2 \(tag\): security tag 2147483649/, /boards\.csv:3 \(ca\): there is no file/)
    expect(both.err).not.toMatch(/--tag|--ca/)
    desk.file('boards.csv', `probe,tag,ca,cert,key\n${rows[1]}\n`)
    const ran = await desk.run(list)
    expectFailure(ran, 2, /^error +boards\.csv:2 \(ca\): there is no file/m)
    expect(nextLine(ran)).toBe('mend line 2 of boards.csv')
  })

  test('names the line of a manifest that is wrong, and not only the row that names it', async () => {
    const desk = await desks()
    desk.file('twice.yaml', `sectag: 1\ntags:\n${`  - tag: ${tag}\n    ca: root.crt\n`.repeat(2)}`)
    desk.file('boards.csv', `probe,manifest\n${four[0]},twice.yaml\n`)
    expect(nextLine(await desk.run(list))).toMatch(/^mend line 5 of .*twice\.yaml$/)
    desk.file('boards.csv', `probe,manifest\n${four[0]},none.yaml\n`)
    expectFailure(await desk.run(list), 2, /boards\.csv:2 \(manifest\): there is no file/)
  })

  test('is said once where it is so of many boards', async () => {
    const desk = await desks()
    const ran = await desk.run([...list, '--dry-run'])
    expect(ran.err.match(/security tag 16842753: /g), ran.err).toHaveLength(1)
    expect(ran.err).toMatch(/note +boards\.csv:2 \(tag\) and 3 more: security tag 16842753/)
    const same = await desk.run([...rootAlone(four.join(',')), '--dry-run'])
    expect(same.err).toMatch(/note +--tag: security tag/)
    expect(same.err.match(/security tag 16842753: /g)).toHaveLength(1)
  })

  test('with one key in two rows is which rows, and not to make a list', async () => {
    const desk = await desks()
    const row = (serial: string): string => `${serial},${tag},board.crt,board.key`
    desk.file('boards.csv', `probe,tag,cert,key\n${row(four[0])}\n\n${row(four[1])}\n`)
    const ran = await desk.run(list)
    expectFailure(ran, 2, /960000001 \(boards\.csv:2\) and 960000002 \(boards\.csv:4\)/)
    expect(nextLine(ran)).toBe('mend line 4 of boards.csv: a certificate and a key of its own for each board')
  })

  test('names the row whose credentials are too much for the writer', async () => {
    const desk = await desks()
    desk.file('writer.hex', testWriter({ end: 0x2_c000 }))
    expectFailure(await desk.run(list), 2, /boards\.csv:2: the table would lie/)
  })

  test('that is empty says so, and how one begins', async () => {
    const desk = await desks()
    for (const text of ['', '\n \n', '\uFEFF']) {
      desk.file('boards.csv', text)
      expectFailure(
        await desk.run(list),
        2,
        /boards\.csv: it is empty; its first line names columns, such as probe,tag/,
      )
    }
  })
})

describe('one probe under two texts', () => {
  test('is one probe on the command line, and nothing is begun', async () => {
    const desk = await desks()
    const ran = await desk.run(rootAlone('960000001,000960000001'))
    expectFailure(ran, 2, /--probe: 960000001, which 000960000001 is too, is named twice/)
    expectFailure(await desk.run(rootAlone('960000001,960000001')), 2, /--probe: 960000001 is named twice/)
    expect(desk.bench.calls()).toEqual([])
  })

  test('is one probe in a list', async () => {
    const desk = await desks()
    desk.file('boards.csv', `probe,tag,ca\n960000001,${tag},root.crt\n000960000001,${tag},root.crt\n`)
    expectFailure(await desk.run(list), 2, /line 3: probe 960000001, which 000960000001 is too, is there twice/)
    expect(desk.bench.calls()).toEqual([])
  })
})
