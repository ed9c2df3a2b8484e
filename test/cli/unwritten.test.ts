import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { flags, full, memory, port, type Workbench, workbench } from '../support/workbench.ts'

const apply = ['apply', ...port, ...flags]
const home = (made: Workbench, name: string): string => join(made.folder, 'home', name)

/** The folder is taken away when the board hears this for the n-th time, and comes back when that is called which it returns. */
function losing(made: Workbench, name: string, { heard, times }: { heard: RegExp; times: number }): () => void {
  let left = times
  made.board.modem.inFront((text, answer) => {
    if (heard.test(text) && --left === 0) renameSync(home(made, name), home(made, `${name}.away`))
    return answer()
  })
  return () => renameSync(home(made, `${name}.away`), home(made, name))
}

test('where the journal cannot be written any more, the run stops, the board is given back, and resume ends it', async () => {
  for (const times of [1, 2, 3]) {
    const made = await workbench()
    await made.active()
    const found = made.board.modem.execute('AT+CFUN?')
    const back = losing(made, 'journal', { heard: /^AT%CMNG=0/, times })
    const cut = await made.run([...apply, '--json'])
    expect(cut.exit, cut.out).toBe(7)
    expect(cut.out).toContain(`"what":"it could not be written down what is done to the board: ENOENT`)
    expect(cut.out).toContain(`${times} of 3 steps are done; the modem is as it was found`)
    expect(cut.result).toMatchObject({ type: 'result', exit: 7 })
    expect(Object.keys(memory(made))).toHaveLength(times)
    expect(made.board.modem.execute('AT+CFUN?')).toEqual(found)
    back()
    const resumed = await made.run(['resume', ...port, '--proof', 'presence'])
    expect(resumed.exit, resumed.err).toBe(0)
    expect(memory(made)).toEqual(full(made.paper))
    // It was open when resume began, and is so no more.
    expect(resumed.out).toMatch(/Whether the board connects is UNKNOWN: no session of it was seen/)
    made.clear()
  }
})

test('where a run cannot even be written down before it begins, the board is left alone and the failure says what to do', async () => {
  const made = await workbench()
  const back = losing(made, 'known', { heard: /^AT\+CFUN\?/, times: 1 })
  const cut = await made.run(apply)
  // The journal has its first line, and resume takes it from there.
  expect(cut.exit).toBe(7)
  expect(cut.err).toMatch(/^error {2}it could not be written down what is done to the board: ENOENT/m)
  expect(cut.err).toContain('0 of 3 steps are done; the modem is as it was found')
  expect(memory(made)).toEqual({})
  expect(cut.err).not.toContain('defect')
  back()
  expect((await made.run(['resume', ...port, '--proof', 'presence'])).exit).toBe(0)
  expect(memory(made)).toEqual(full(made.paper))
  made.clear()
})

test('a transcript that the disk does not take ends there; the run goes on and the board is given back', async () => {
  const made = await workbench()
  await made.active()
  const ran = await made.run([...apply, '--transcript', '/dev/full', '--json'])
  expect(ran.exit, ran.out).toBe(0)
  expect(ran.events.filter(({ code }) => code === 'transcript-cut')).toHaveLength(1)
  expect(memory(made)).toEqual(full(made.paper))
  expect(made.board.modem.state.functionalMode).toBe(1)
  made.clear()
})
