import type { Firmware } from './firmware.ts'

type Version = Firmware['version']

/** A command that not every firmware has. */
interface CommandSince {
  /** The first version of each line that has it, oldest first; lines after the last have it from their beginning. */
  readonly nrf9160?: readonly Version[]
  readonly nrf91x1: readonly Version[]
  readonly facts: readonly string[]
}

/**
 * Which commands came later than the first firmware; what is not here is in all of them. Those that make keys and tokens
 * are not here: a personality says itself what it makes.
 */
export const commandsSince: Readonly<Record<string, CommandSince>> = {
  '%XFACTORYRESET': { nrf9160: [[1, 3, 0]], nrf91x1: [[2, 0, 0]], facts: ['LOSS-02'] },
  '%XPOFWARN': {
    nrf9160: [
      [1, 1, 3],
      [1, 2, 1],
    ],
    nrf91x1: [[2, 0, 0]],
    facts: ['POW-06', 'POW-07'],
  },
}

function compare(a: Version, b: Version): number {
  return a.map((part, index) => part - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0
}

/** Whether a firmware has a command, by its name in capitals. Satellite firmware is like the newest nRF91x1. */
export function knowsCommand(firmware: Firmware, name: string): boolean {
  const entry = commandsSince[name]
  if (entry === undefined || firmware.family === 'nrf9151-ntn') return true
  const firsts = entry[firmware.family] ?? []
  const { version } = firmware
  const own = firsts.find((first) => first[0] === version[0] && first[1] === version[1])
  return own === undefined ? firsts.some((first) => compare(version, first) >= 0) : compare(version, own) >= 0
}
