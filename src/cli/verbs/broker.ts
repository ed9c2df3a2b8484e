import { Argument } from 'commander'
import { checkBroker } from '../../broker/index.ts'
import { endOfCheck, interrupted } from '../broker/endings.ts'
import { readOrder } from '../broker/order.ts'
import { tellCheck } from '../broker/words.ts'
import { atLeastOne } from '../options.ts'
import { placeWords } from '../place.ts'
import type { Verb } from '../verb.ts'

const explained = `
check  connects as a modem would, a dozen times, and says what it would refuse: chain, sizes, dates, names, suites, curves

Without --cert and --key it sends TLS hellos and handshakes and nothing else. With them it also opens one MQTT session, with
a client id of its own, and closes it: nothing is published and nothing subscribed. It changes nothing at the broker.
Exit 0: a modem would enter, as far as can be seen. 5: it would not. 1: no source says whether it would. 3: not reached.`

/** `sectag broker` */
export const broker: Verb = {
  name: 'broker',
  summary: 'look at a broker with the eyes of a modem: what it would refuse, why, and what mends it',
  examples: [
    'sectag broker check broker.example.com --ca root.crt',
    'sectag broker check 192.0.2.7:8883 --ca root.crt --name broker.example.com --mfw 1.2.3',
    'sectag broker check broker.example.com --ca root.crt --cert BT36-chain.crt --key BT36.key --json',
  ],
  shape(command) {
    command.addArgument(new Argument('<action>', 'what to do').choices(['check']))
    command
      .argument('<place>', 'HOST or HOST:PORT (8883)')
      .option('--ca <file>', 'the root CA that boards hold, PEM')
      .option('--cert <file>', "a board's certificate or chain, PEM: tries an MQTT session too")
      .option('--key <file>', 'the key that goes with it, PEM')
      .option('--name <name>', 'what boards call the broker, if it is not HOST')
      .option('--no-name', 'boards set no host name, so none is looked for')
      .option('--mfw <line>', 'only this firmware line, such as 1.2.3; else all of them')
      .option('--timeout <seconds>', 'how long to wait for each connection', atLeastOne, 10)
      .addHelpText('after', explained)
  },
  async run(context, output, typed) {
    const order = readOrder(context, output, typed)
    if ('exit' in order) return order
    output.notice('checking', `Looking at ${placeWords(order.host, order.port)} with the eyes of a modem …`)
    const check = await checkBroker(order)
    if (order.signal?.aborted === true) return interrupted(typed.line, order.signal)
    tellCheck(output, order, check)
    return endOfCheck(output, order, check, typed.line)
  },
}
