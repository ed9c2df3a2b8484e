import { makePty, openPort, systemClock } from '../../src/port/index.ts'
import { type Account, type Plug, prove } from './run.ts'
import { makeSetting, type Papers } from './setting.ts'

/** A PTY of its own for each command line, as a cable that is pulled does not come back; opened as a user's port is. */
export const ptyPlug: Plug =
  ({ host, from }) =>
  async () => {
    const pty = makePty()
    void host.serve(pty.port)
    const opened = await openPort(pty.path, { backend: from % 2 === 0 ? 'serialport' : 'tty' }, systemClock)
    if (!opened.ok) throw new Error(opened.refusal.text)
    void opened.value.closed.then(() => pty.close())
    return opened.value
  }

/** One seed over memory on the virtual clock, and over a PTY in real time. */
export interface Replay {
  readonly memory: Account
  readonly pty: Account
}

/** Replays a seed. */
export async function replay(seed: string, papers: Papers): Promise<Replay> {
  const memory = await prove(seed, papers)
  const pty = await prove(seed, papers, {
    made: (seed, papers) => makeSetting(seed, papers, systemClock),
    plug: ptyPlug,
  })
  return { memory, pty }
}
