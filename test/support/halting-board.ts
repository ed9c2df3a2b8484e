// A process of its own: it boots boards into several situations, halts them there, and then must end by itself, because
// nothing of them is left. It reads what it needs from standard input and prints what is left, and how long it took to end.
import { text } from 'node:stream/consumers'
import { systemClock } from '../../src/port/index.ts'
import { benchBoard, type Texts } from './virtual-board.ts'

interface Scene {
  readonly port: number
  readonly texts: Texts
  readonly until: string
  readonly dead?: boolean
}

const scenes = JSON.parse(await text(process.stdin)) as Scene[]

async function play({ port, texts, until, dead }: Scene): Promise<void> {
  const { board, prints } = benchBoard(port, texts, {
    clock: systemClock,
    ...(dead === true && { network: { sim: 'dead' as const } }),
  })
  await board.boot()
  await prints(new RegExp(until))
  await board.halt()
}

await Promise.all(scenes.map(play))
const halted = performance.now()
// What is just closing is given two turns.
await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
const left = process.getActiveResourcesInfo().filter((kind) => /TCP|TLS|Timeout/.test(kind))
process.on('exit', () => console.log(JSON.stringify({ left, endedAfterMs: Math.round(performance.now() - halted) })))
