import type { Context } from '../context.ts'
import type { Typed } from '../verb.ts'

/** What one command line said to machines, and how it ended. */
export interface Said {
  readonly line: string
  readonly exit: number
  readonly events: readonly Readonly<Record<string, unknown>>[]
  /** Its last event. */
  readonly result: Readonly<Record<string, unknown>>
}

/** Runs sectag's own command lines, as a person would type them in the folder of the story, and hears what they say. */
export interface Sectag {
  (argv: readonly string[]): Promise<Said>
}

/** Command lines in a folder and with a home of their own; nothing of the caller's environment goes in. */
export function sectagIn(context: Context, typed: Typed, folder: string, home: string): Sectag {
  return async (argv) => {
    let text = ''
    const inside: Context = {
      ...context,
      cwd: folder,
      env: { SECTAG_HOME: home },
      // The demo answers for its boards itself: nobody is asked in its name.
      ask: undefined,
      out: (part) => {
        text += part
      },
      err: () => {},
    }
    const exit = await typed.run([...argv, '--json'], inside)
    const events = text
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]))
    return { line: `sectag ${argv.join(' ')}`, exit, events, result: events.at(-1) ?? {} }
  }
}

/** A member of an event that is text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** What a failure said, for whoever wonders why the story stopped. */
export function whatOf({ events, exit }: Said): string {
  const failure = events.find((event) => event['type'] === 'failure')
  return `${textOf(failure?.['what']) ?? 'it did not say why'} (exit ${exit})`
}
