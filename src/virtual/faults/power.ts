import { utf8 } from '../../terms/index.ts'
import type { Reply, VirtualModem } from '../modem.ts'
import type { Blow, FaultMaker } from './blow.ts'

/** Commands that change the credential memory. */
const writing = /^AT%(?:CMNG=[03]|KEYGEN)/i
/** Milliseconds until a board that lost its power answers again. */
const startTakes = 1500
/** The first of the tags that what fills the store is in. */
const fillerTag = 2_147_400_000

/** Faults of power and memory: what the modem says afterwards follows from its bytes. */
export const powerFaults = {
  reboot: {
    doc: 'the modem restarts in the middle of a command, which was carried out or not',
    times: 1,
    strike({ modem, random, answer }) {
      const said = random.below(2) === 0 ? answer().text : ''
      // The end of the last line is never said: it is the middle of the command.
      return restarted(modem, said.slice(0, random.below(Math.max(1, said.length - 1))))
    },
  },
  'power-cut': {
    doc: 'the power goes at some byte of a write to the memory',
    times: 1,
    fits: writing,
    strike: (blow) => cut(blow, blow.text.length),
  },
  'brown-out': {
    doc: 'the power goes while the memory is tidied up for a write, as on a dying battery (LOSS-43)',
    times: 1,
    fits: writing,
    strike(blow) {
      blow.modem.store.crowd()
      const held = blow.modem.store.items().reduce((sum, { content }) => sum + content.length, 0)
      return cut(blow, held + blow.text.length)
    },
  },
  full: {
    doc: 'the memory is filled up by somebody else before a write (515)',
    times: 1,
    fits: writing,
    strike({ modem, answer }) {
      fill(modem)
      return answer()
    },
  },
  damage: {
    doc: 'one byte of an item in the memory is spoilt',
    times: 1,
    strike({ modem, random, answer }) {
      const items = modem.store.items().filter(({ origin }) => origin !== 'factory')
      const item = items[random.below(items.length)]
      if (item !== undefined) modem.store.damage(item, random.below(item.content.length))
      return answer()
    },
  },
} as const satisfies Record<string, FaultMaker>

function cut({ modem, random, answer }: Blow, about: number): Reply {
  modem.cutPower(random.below(about + 40))
  answer()
  return restarted(modem, '')
}

function restarted(modem: VirtualModem, text: string): Reply {
  modem.restart()
  return { text, takesMs: startTakes }
}

function fill({ store }: VirtualModem): void {
  let next = fillerTag
  for (const size of [4000, 500, 60, 8, 1])
    for (; store.fits({ tag: next, type: 3 }, size); next++) store.put({ tag: next, type: 3 }, utf8('0'.repeat(size)))
}
