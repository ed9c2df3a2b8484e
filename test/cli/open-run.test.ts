import { expect, test } from 'vitest'
import { flags, full, memory, port, tag, type Workbench, workbench } from '../support/workbench.ts'

/** An apply that was ended by a signal behind its write of one type: given back, nothing in doubt, steps left. */
async function stoppedBehind(made: Workbench, type: number): Promise<void> {
  const stop = new AbortController()
  const behind = new RegExp(`^AT%CMNG=0,${tag},${type},`)
  made.board.modem.inFront((text, answer) => (behind.test(text) && stop.abort(), answer()))
  expect((await made.run(['apply', ...port, ...flags], { signal: stop.signal })).exit).toBe(7)
}

test('a run that is open keeps its slots: one that is about others is refused with 6, and resume still ends it', async () => {
  const made = await workbench()
  await stoppedBehind(made, 1)
  const other = ['--tag', '58', '--ca', 'root.crt']
  const refused = await made.run(['apply', ...port, ...other])
  expect(refused.exit).toBe(6)
  expect(refused.err).toContain('next   sectag resume --port test:board')
  expect((await made.run(['list', ...port])).err).toMatch(/earlier apply .* was cut/)
  expect((await made.run(['resume', ...port])).exit).toBe(0)
  expect(memory(made)).toEqual(full(made.paper))
  expect((await made.run(['apply', ...port, ...other])).exit).toBe(0)
  made.clear()
})

test('an apply of only a part of what is undone would have the rest forgotten, so it is refused', async () => {
  const made = await workbench()
  await stoppedBehind(made, 0)
  const part = ['--tag', String(tag), '--ca', 'root.crt', '--cert', 'board.crt']
  expect((await made.run(['apply', ...port, ...part])).exit).toBe(6)
  expect((await made.run(['resume', ...port])).exit).toBe(0)
  made.clear()
})

test('an apply or an erase that settles all that is undone takes the place of the open run', async () => {
  const made = await workbench()
  await stoppedBehind(made, 0)
  expect((await made.run(['apply', ...port, ...flags])).exit).toBe(0)
  expect((await made.run(['resume', ...port])).out).toContain('No run of ours is open')
  expect(memory(made)).toEqual(full(made.paper))
  made.clear()
  const again = await workbench()
  await stoppedBehind(again, 0)
  expect((await again.run(['erase', ...port, '--tag', '58', '--yes'])).exit).toBe(0)
  expect((await again.run(['erase', ...port, '--tag', String(tag), '--yes'])).exit).toBe(0)
  expect(memory(again)).toEqual({})
  expect((await again.run(['list', ...port])).err).not.toContain('was cut')
  again.clear()
})

test('resume asks for the grade that the run was begun with, unless another is typed', async () => {
  const made = await workbench({ mfw: '1.0.0' })
  const stop = new AbortController()
  made.board.modem.inFront((text, answer) => (/^AT%CMNG=0,\d+,0,/.test(text) && stop.abort(), answer()))
  const cut = await made.run(['apply', ...port, ...flags, '--proof', 'presence'], { signal: stop.signal })
  expect(cut.exit).toBe(7)
  const again = new AbortController()
  made.board.modem.inFront((text, answer) => (/^AT%CMNG=0,\d+,1,/.test(text) && again.abort(), answer()))
  expect((await made.run(['resume', ...port], { signal: again.signal })).exit).toBe(7)
  const whole = await made.run(['resume', ...port, '--json'])
  expect(whole.result).toMatchObject({ exit: 0, proof: 'presence' })
  expect(memory(made)).toEqual(full(made.paper))
  made.clear()
})
