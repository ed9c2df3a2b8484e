import { expect, test } from 'vitest'
import { verbs } from '../../src/cli/verbs/index.ts'
import { desk } from '../support/cli.ts'

/** What was typed, what was likely meant, and what to type next. */
const meant: [typed: string[], why: string, next: string][] = [
  [['aply'], 'likely apply was meant', 'sectag apply --help'],
  [['lst', '--port', '/dev/ttyACM0'], 'likely list was meant', 'sectag list --help'],
  [['list', '--prot', '/dev/ttyACM0'], 'likely --port was meant', 'sectag list --help'],
  [['--port', '/dev/ttyACM0', 'list'], 'options go behind the verb: sectag list --port …', 'sectag list --help'],
  [['renew', '--cert', 'a.crt'], 'likely sectag ca renew was meant', 'sectag ca --help'],
  [['check', 'broker:8883'], 'likely sectag broker check was meant', 'sectag broker --help'],
  [['provision'], 'the command line is not of the form that --help shows', 'sectag --help'],
]

test.each(meant)('%j: what was likely meant is said, and what to type next works', async (typed, why, next) => {
  const made = desk()
  const ran = await made.run(typed)
  expect(ran.exit).toBe(2)
  expect(ran.err).toContain(`why    ${why}\n`)
  expect(ran.err).toContain(`next   ${next}\n`)
  expect((await made.run(next.split(' ').slice(1))).exit).toBe(0)
  made.clear()
})

test('a guess at what was meant repeats nothing that was typed as a value', async () => {
  const made = desk()
  for (const { name } of verbs) {
    for (const typed of [
      ['--passphrase', 'hunter2', name],
      [name, '--passphrase=hunter2'],
      ['-xhunter2', name],
    ]) {
      const ran = await made.run(typed)
      expect(ran.exit, typed.join(' ')).toBe(2)
      expect(ran.out + ran.err).not.toContain('hunter2')
    }
  }
  made.clear()
})
