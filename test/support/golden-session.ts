import type { Desk } from './cli.ts'

/**
 * A dialogue as it stands in `test/sessions/*.txt`: files that lie on the desk (`=== file NAME`), and commands (`$ sectag …`),
 * each followed by what a terminal shows, by what a person types where it is asked (`» 2`), and by `[exit N]`.
 */
export interface GoldenSession {
  readonly head: string
  readonly commands: readonly { readonly line: string; readonly typed: readonly string[]; readonly shown: string }[]
  readonly files: readonly { readonly name: string; readonly text: string }[]
}

const typedMark = '» '

/** Reads one. */
export function parseSession(text: string): GoldenSession {
  const [head = '', ...rest] = text.split(/^(?=\$ sectag )/m)
  const files = [...head.matchAll(/^=== file (\S+)\n([^]*?)(?=^=== |(?![^]))/gm)].map(([, name = '', body = '']) => ({
    name,
    text: body,
  }))
  const commands = rest.map((part) => {
    const [first = '', ...shown] = part.split('\n')
    const typed = shown.filter((line) => line.includes(typedMark)).map((line) => line.split(typedMark)[1] ?? '')
    return { line: first.slice('$ '.length), typed, shown: shown.join('\n').trimEnd() }
  })
  return { head, files, commands }
}

/** Runs its commands on a desk and writes the session down anew, as a terminal would show it. */
export async function playSession(session: GoldenSession, desk: Desk): Promise<string> {
  for (const { name, text } of session.files) desk.file(name, text)
  const parts: string[] = []
  for (const { line, typed } of session.commands) {
    let shown = ''
    const answers = [...typed]
    const show = (text: string): void => {
      shown += text
    }
    const ask = (question: string): Promise<string | undefined> => {
      const answer = answers.shift()
      show(`${question}${typedMark}${answer ?? ''}\n`)
      return Promise.resolve(answer)
    }
    const { exit } = await desk.run(wordsOf(line).slice(1), { out: show, err: show, ask })
    parts.push(`$ ${line}\n${shown.trimEnd()}\n[exit ${exit}]\n`)
  }
  return session.head + parts.join('\n')
}

/** The words of a command line, quotes taken off. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  )
}
