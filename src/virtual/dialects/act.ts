import { splitParams } from '../../at/index.ts'

/** What a command of the application does with what follows its name: information lines, or undefined for an ERROR. */
export type Act = (rest: string) => string | undefined | Promise<string | undefined>

/** The parameters of a set command; undefined where it is none. */
export function params(rest: string): string[] | undefined {
  try {
    return rest.startsWith('=') ? splitParams(rest.slice(1)) : undefined
  } catch {
    return undefined
  }
}

/** A request of a command that the host has too, read backwards; undefined where it is of another form. */
export function read<Q>(command: { request: { parse(text: string): Q } }, rest: string): Q | undefined {
  try {
    return command.request.parse(rest)
  } catch {
    return undefined
  }
}
