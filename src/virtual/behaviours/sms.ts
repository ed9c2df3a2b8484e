import { commands } from '../../at/index.ts'
import { ok } from '../../terms/index.ts'
import { type Behaviour, behaves } from '../behaviour.ts'
import { no } from '../refuse.ts'

/** Milliseconds that handing a message to the network takes. */
const sendingTakes = 400

/** Short messages in PDU mode (SMS-01 to SMS-14). */
export const smsBehaviours: readonly Behaviour[] = [
  behaves(commands.cmgfTest, () => ok([0])),
  behaves(commands.cmgfRead, () => ok({ mode: 0 })),
  // SMS-01
  behaves(commands.cmgfSet, (_, { mode }) => (mode === 0 ? ok(undefined) : no(0))),
  behaves(commands.cmmsSet, () => ok(undefined)),
  behaves(commands.cnmiRead, ({ state }) => ok({ ...state.smsRouting, buffer: 1 })),
  behaves(commands.cnmiSet, ({ state }, routing) => {
    state.smsRouting = routing
    return ok(undefined)
  }),
  behaves(
    commands.cmgs,
    ({ sms }, order) => sms.submit(order),
    () => sendingTakes,
  ),
  behaves(commands.cnma, ({ sms }, { kind }) => sms.acknowledge(kind ?? 0)),
]
