import { memoryCable, type Port } from '../at/index.ts'
import { type Clock, type Outcome, ok, refused } from '../terms/index.ts'
import { AtHost, dialectNames, personalities, personality, VirtualModem } from '../virtual/index.ts'
import type { PortProblem } from './problem.ts'

const known = ['mfw', 'seed', 'index', 'baud', 'dialect']

/** A virtual board inside this process, gone when it ends: `virtual:?mfw=2.0.2&seed=7`. */
export function openVirtual(options: ReadonlyMap<string, string>, clock: Clock): Outcome<Port, PortProblem> {
  const address = `virtual:?${new URLSearchParams([...options]).toString()}`
  const line = personality(options.get('mfw') ?? '2.0.2')
  const unknown = [...options.keys()].find((key) => !known.includes(key))
  const name = dialectNames.find((name) => name === (options.get('dialect') ?? 'at-host'))
  if (unknown !== undefined) return refused(noSuchBoard(address, `option ${unknown}`))
  if (line === undefined) return refused(noSuchBoard(address, `firmware ${options.get('mfw')}`))
  if (name === undefined) return refused(noSuchBoard(address, `dialect ${options.get('dialect')}`))
  const modem = new VirtualModem({
    personality: line,
    clock,
    seed: options.get('seed') ?? '0',
    index: Number(options.get('index') ?? 0),
  })
  const cable = memoryCable(address)
  void new AtHost(modem, { clock, baud: Number(options.get('baud') ?? 0), dialect: { name } }).serve(cable.modem)
  return ok({ ...cable.host, info: { address, kind: 'virtual' } })
}

function noSuchBoard(address: string, what: string): PortProblem {
  return {
    code: 'unknown-address',
    address,
    text: `there is no virtual board with ${what}`,
    why: `virtual boards have firmware ${personalities.map(({ name }) => name).join(', ')}, the dialects ${dialectNames.join(', ')}, and the options ${known.join(', ')}`,
    next: "sectag info --port 'virtual:?mfw=2.0.2'",
  }
}
