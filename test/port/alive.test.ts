import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { asks } from '../support/outside.ts'
import { holderOf, holderText, isAlive, isGroupAlive, readHolder, thisProcess } from '../../src/port/index.ts'

test('this process is alive, by its number and by when it began', () => {
  expect(isAlive(thisProcess())).toBe(true)
  expect(thisProcess().process).toBe(process.pid)
})

test('another process that has got the number since is not the one that is meant, not even where that is ours', async () => {
  expect(isAlive({ process: process.pid })).toBe(false)
  expect(isAlive({ process: process.pid, since: 'another start of the system 1' })).toBe(false)
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  try {
    const holder = { process: child.pid ?? 0 }
    expect(isAlive({ ...holder, since: 'another start of the system 1' })).toBe(process.platform === 'win32')
    // A record of before has the number only, and is believed.
    expect(isAlive(holder)).toBe(true)
  } finally {
    child.kill('SIGKILL')
  }
  await once(child, 'exit')
  expect(isAlive({ process: child.pid ?? 0 })).toBe(false)
})

asks('Linux', process.platform === 'linux')('one that has ended and is still listed is not alive', async () => {
  // The shell does not ask how its child ended: that one stays listed.
  const shell = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'])
  const [said] = (await once(shell.stdout, 'data')) as [Buffer]
  const child = Number(String(said))
  try {
    await expect.poll(() => isAlive({ process: child })).toBe(false)
    expect(() => process.kill(child, 0)).not.toThrow()
  } finally {
    shell.kill('SIGKILL')
  }
})

test('what stands in a file is read again, also that of before, and nonsense names nobody', () => {
  for (const holder of [{ process: 1, since: 'b3f2 17' }, { process: 4711 }])
    expect(readHolder(holderText(holder))).toEqual(holder)
  expect(readHolder('4711\n')).toEqual({ process: 4711 })
  for (const text of ['', '0', 'x', '12x', '-3']) expect(readHolder(text)).toBeUndefined()
})

asks('Linux', process.platform === 'linux')(
  'a group is alive as long as one of it is, also when the process that began it has ended',
  async () => {
    const leader = spawn('sh', ['-c', 'sleep 60 & echo $!; read -r end'], { detached: true })
    const [said] = (await once(leader.stdout, 'data')) as [Buffer]
    const holder = holderOf(leader.pid ?? 0)
    try {
      expect(isGroupAlive(holder)).toBe(true)
      expect(isGroupAlive({ ...holder, since: 'another start of the system 1' })).toBe(false)
      leader.stdin.end('\n')
      await once(leader, 'exit')
      expect(isAlive(holder)).toBe(false)
      expect(isGroupAlive(holder)).toBe(true)
      expect(isGroupAlive({ ...holder, since: 'another start of the system 1' })).toBe(false)
    } finally {
      process.kill(Number(String(said)), 'SIGKILL')
    }
    await expect.poll(() => isGroupAlive(holder)).toBe(false)
  },
)
