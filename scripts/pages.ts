// The derived pages, as text.
import { commands } from '../src/at/index.ts'
import { exitCodes, exitTable } from '../src/cli/exit-codes.ts'
import { jsonSchema } from '../src/cli/json-schema.ts'
import { buildProgram } from '../src/cli/program.ts'
import { verbs } from '../src/cli/verbs/index.ts'
import { type CauseEntry, causes, groupNames, linksOf, rules } from '../src/doctor/index.ts'
import { cmeCodes, cmsCodes, type ResultCode } from '../src/numbers/index.ts'
import { factMarks, numberTables } from './number-tables.ts'

const derived = '<!-- Derived by `npm run docs`; do not edit. -->\n\n'

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}

/** docs/exit-codes.md */
export function exitCodesPage(): string {
  const codes = Object.entries(exitCodes).map(([code, meaning]) => [code, meaning])
  const rows = exitTable.map(({ verb, outcome, exit }) => [`\`${verb}\``, outcome, String(exit)])
  return `# Exit codes\n\n${derived}They are stable for ever. \`sectag help exit-codes --json\` prints them for machines.\n\n${table(['exit', 'meaning'], codes)}\n\n## By verb and outcome\n\n${table(['verb', 'outcome', 'exit'], rows)}\n`
}

/** docs/exit-codes.json */
export function exitCodesData(): unknown {
  return { codes: exitCodes, table: exitTable }
}

/** docs/result-codes.md */
export function resultCodesPage(): string {
  const row = (entry: ResultCode): string[] => [
    String(entry.code),
    entry.meaning,
    entry.likely,
    entry.remedy,
    entry.facts.join(', '),
  ]
  const head = ['code', 'meaning', 'most likely', 'what to do', 'facts']
  return `# Result codes\n\n${derived}What sectag says of the numbers that a modem refuses with. The facts are in [facts](facts/README.md).\n\n## +CME ERROR\n\n${table(head, cmeCodes.map(row))}\n\n## +CMS ERROR\n\n${table(head, cmsCodes.map(row))}\n`
}

/** docs/numbers.md */
export function numbersPage(): string {
  const marks = factMarks()
  const sections = numberTables.map(({ title, head, rows }) => {
    const unchecked = rows.map((row) => row.facts.every((fact) => /^[KI]$/.test(marks.get(fact) ?? 'K')))
    const note = unchecked.every(Boolean) ? 'General knowledge: nobody checked it against a device.\n\n' : ''
    const lines = rows.map(({ cells, source, facts }, index) => [
      ...cells,
      [...(source === undefined ? [] : [source]), ...facts].join('; '),
      unchecked[index] === true ? 'general knowledge' : 'documented or seen',
    ])
    return `## ${title}\n\n${note}${table([...head, 'source', 'known by'], lines)}\n`
  })
  const about =
    'The tables by which sectag reads numbers that are no refusals of a modem, with the source of each row. Ids are rows of [facts](facts/README.md), which name the public source; a row that is general knowledge is told as likely and never as a fact. What a modem refuses with is in [result codes](result-codes.md).'
  return `# Numbers\n\n${derived}${about}\n\n${sections.join('\n')}`
}

/** docs/causes/*.md, by path: one page a cause, and their list. */
export function causePages(): Record<string, string> {
  const pages = causes.map((entry) => [`docs/causes/${entry.cause}.md`, causePage(entry)] as const)
  return { 'docs/causes/README.md': causesPage(), ...Object.fromEntries(pages) }
}

function causesPage(): string {
  const rows = causes.map(({ cause, group, meaning }) => [`[\`${cause}\`](${cause}.md)`, groupNames[group], meaning])
  return `# Causes\n\n${derived}What \`sectag doctor\` may name. A cause before TLS (network, SIM, the modem itself) makes every cause behind it inadmissible: nothing is known about credentials then.\n\n${table(['cause', 'where', 'meaning'], rows)}\n`
}

function causePage(entry: CauseEntry): string {
  const { cause, group, meaning, remedy, prevention, facts } = entry
  const outside = linksOf(entry).filter((link) => link.startsWith('https:'))
  const links = outside.length === 0 ? '' : `\n## Links\n\n${outside.map((link) => `* <${link}>`).join('\n')}\n`
  const explains = rules.find(({ id }) => id === cause)?.explains ?? []
  const consequences =
    explains.length === 0 ? '' : `\n## Explains\n\n${explains.map((id) => `* [\`${id}\`](${id}.md)`).join('\n')}\n`
  return `# ${cause}\n\n${derived}${capital(meaning)}.\n\nWhere: ${groupNames[group]}.\n\n## What to do\n\n${capital(remedy.do)}.\n\n* Costs: ${remedy.costs}.\n* Risks: ${remedy.risks}.\n\n## What keeps it from happening again\n\n${capital(prevention)}.\n${consequences}\n## Facts\n\n${facts.join(', ')}, see [facts](../facts/README.md).\n${links}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** docs/commands.md */
export function commandsPage(): string {
  const rows = Object.entries(commands)
    .filter(([name]) => !name.endsWith('Notice'))
    .map(([name, command]) => {
      const { name: at, doc, patience } = command as { name: string; doc: string; patience?: number }
      return [`\`AT${at}\``, `\`${name}\``, doc, `${(patience ?? 5000) / 1000} s`]
    })
  return `# AT commands\n\n${derived}The commands that sectag speaks, both as host and as virtual modem. One file each in \`src/at/commands\`.\n\n${table(['command', 'name in code', 'what it does, and where that is written', 'patience'], rows)}\n`
}

/** docs/errors.md */
export function errorsPage(): string {
  const rows = [
    [
      'at-syntax',
      'A text of the AT language is not of the form that a codec reads. On a channel it becomes the refusal `garbled`; it is thrown only where our own program hands in such a text.',
    ],
    [
      'pem',
      'A PEM text cannot be used. Problems of a user’s file are reported as problems with their line; this is thrown only by our own misuse.',
    ],
    ['der', 'Bytes are no DER, or no certificate.'],
    [
      'unfit-listener',
      'A listener of ours for boards was not started, because no modem could enter it. The finding of `sectag broker check` is its cause; on a command line it is told as that.',
    ],
    ['internal', 'An assumption of ours does not hold. Please report it.'],
  ]
  return `# Errors\n\n${derived}What the other side of a wire may say is a value, never an exception. \`SectagError\` is the one exception class; its \`code\` is one of these.\n\n${table(['code', 'when'], rows)}\n`
}

/** docs/schema/sectag-1.schema.json */
export function schemaPage(): string {
  return `${JSON.stringify(jsonSchema(), null, 2)}\n`
}

/** docs/man/sectag.1 */
export function manPage(): string {
  const program = buildProgram('', () => {})
  const escape = (text: string): string =>
    text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll(/^\./gm, '\\&.')
  const sections = program.commands.map((command) => {
    const verb = verbs.find((candidate) => candidate.name === command.name())
    const options = command.options
      .map((option) => `.TP\n.B ${escape(option.flags)}\n${escape(option.description)}`)
      .join('\n')
    const examples = (verb?.examples ?? []).map((example) => `${escape(example)}\n.br`).join('\n')
    return `.SS sectag ${command.name()} ${escape(command.usage())}\n${escape(command.description())}\n${options}\n.PP\nExamples:\n.PP\n.nf\n${examples}\n.fi`
  })
  const codes = Object.entries(exitCodes).map(([code, meaning]) => `.TP\n.B ${code}\n${escape(meaning)}`)
  return `.TH SECTAG 1\n.SH NAME\nsectag \\- looks after the TLS credentials inside Nordic nRF91 modems\n.SH SYNOPSIS\n.B sectag\n.I verb\n[options]\n.SH VERBS\n${sections.join('\n')}\n.SH EXIT STATUS\n${codes.join('\n')}\n`
}
