import { expect, test } from 'vitest'
import { cmeCodes } from '../../src/numbers/index.ts'
import { flags, memory, port, tag, workbench } from '../support/workbench.ts'

const codes = [...cmeCodes.map(({ code }) => code), 999]

/** The four things that every failure says. */
function fourParts(err: string): RegExpExecArray | null {
  return /^error {2}(.+)\nstate {2}(.+)\nwhy {4}(.+)\nnext {3}(.+)$/m.exec(err)
}

const verbs: [string, string[], RegExp][] = [
  ['write', ['apply', ...port, ...flags], /^AT%CMNG=0/],
  ['erase', ['erase', ...port, '--tag', String(tag), '--yes'], /^AT%CMNG=3/],
  ['list', ['list', ...port], /^AT%CMNG=1/],
  ['take the radio', ['apply', ...port, ...flags], /^AT\+CFUN=4/],
]

const cases = verbs.flatMap(([what, argv, spoiled]) => codes.map((code) => [what, code, argv, spoiled] as const))

test.each(cases)(
  '%s refused with %i: the number, the state, the reason and the next command are on the screen',
  async (what, code, argv, spoiled) => {
    const made = await workbench()
    const { modem } = made.board
    if (what === 'erase') modem.execute(`AT%CMNG=0,${tag},4,"x"`)
    modem.execute('AT+CMEE=1')
    if (what === 'take the radio') await made.active()
    modem.inFront((text, answer) => (spoiled.test(text) ? { text: `+CME ERROR: ${code}\r\n`, takesMs: 1 } : answer()))
    const before = JSON.stringify([modem.state, memory(made)])
    // 513 to a delete is what was wanted (CMNG-49); that the item is still listed is then a failed verification.
    const expected = what === 'erase' && code === 513 ? 5 : 4
    const shown = await made.run(argv)
    expect(shown.exit).toBe(expected)
    const parts = fourParts(shown.err)
    expect(parts, shown.err).not.toBeNull()
    if (expected === 4) expect(parts?.[1]).toContain(`+CME ERROR: ${code}`)
    expect(JSON.stringify([modem.state, memory(made)])).toBe(before)
    const told = await made.run([...argv, '--json'])
    expect(told.exit).toBe(expected)
    if (expected === 4) expect(told.result['refusal']).toEqual({ kind: 'cme', code })
    made.clear()
  },
)

test('a bare ERROR is said to be one, and why it has no number', async () => {
  const made = await workbench()
  made.board.modem.inFront((text, answer) => (text === 'AT%CMNG=1' ? { text: 'ERROR\r\n', takesMs: 1 } : answer()))
  const { exit, err } = await made.run(['list', ...port])
  expect(exit).toBe(4)
  expect(err).toMatch(/without a number/)
  expect(err).toMatch(/\+CMEE is 0/)
  made.clear()
})

test('a refusal in the middle says how many steps are done, and the modem is given back', async () => {
  const made = await workbench()
  await made.active()
  made.board.modem.inFront((text, answer) =>
    /^AT%CMNG=0,\d+,2/.test(text) ? { text: '+CME ERROR: 515\r\n', takesMs: 1 } : answer(),
  )
  const { exit, err } = await made.run(['apply', ...port, ...flags])
  expect(exit).toBe(4)
  expect(err).toContain('2 of 3 steps are done; the modem is as it was found')
  expect(made.board.modem.state.functionalMode).toBe(1)
  expect((await made.run(['resume', ...port, '--json'])).result).toMatchObject({ resumed: false })
  made.clear()
})

test('low supply is met as 528 with what to do about it', async () => {
  const made = await workbench()
  made.board.modem.state.supply = 2900
  const { exit, err } = await made.run(['apply', ...port, ...flags])
  expect(exit).toBe(4)
  expect(err).toMatch(/528.*power-off warning/)
  expect(err).toMatch(/raise the supply/)
  made.clear()
})
