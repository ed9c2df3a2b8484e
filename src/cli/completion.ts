import { Command } from 'commander'
import { personalities } from '../virtual/index.ts'
import { actionsOf } from './actions-of.ts'
import type { Verb } from './verb.ts'

/** The shells that a completion script can be had for. */
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const

const everywhere = ['--json', '--quiet', '--home', '--help']

function optionsOf(verb: Verb): string[] {
  const command = new Command()
  verb.shape(command)
  return [...command.options.flatMap((option) => [option.long ?? [], option.short ?? []].flat()), ...everywhere]
}

/** Options of which the values are known, over all verbs: `--proof digest`, `--backend tty`, `--type ca`. */
function valuesOf(verbs: readonly Verb[]): [string, readonly string[]][] {
  const found = new Map<string, readonly string[]>([
    ['--type', ['ca', 'certificate', 'key', 'psk', 'psk-identity']],
    ['--dtr', ['on', 'off']],
    ['--rts', ['on', 'off']],
    ['--firmware', personalities.map(({ name }) => name)],
  ])
  for (const verb of verbs) {
    const command = new Command()
    verb.shape(command)
    for (const { long, argChoices } of command.options)
      if (long !== undefined && long !== null && argChoices !== undefined) found.set(long, argChoices)
  }
  return [...found]
}

/** The completion script for a shell: verbs first, then the verb's options; file names wherever nothing else fits. */
export function completionScript(shell: string, verbs: readonly Verb[]): string | undefined {
  const names = verbs.map((verb) => verb.name)
  const cases = verbs.map((verb): Case => ({ name: verb.name, options: optionsOf(verb), actions: actionsOf(verb) }))
  switch (shell) {
    case 'bash':
      return bash(names, cases, valuesOf(verbs))
    case 'zsh':
      return `#compdef sectag\nautoload -U +X bashcompinit && bashcompinit\n${bash(names, cases, valuesOf(verbs))}`
    case 'fish':
      return fish(verbs, cases)
    case 'powershell':
      return powershell(names, cases)
    default:
      return undefined
  }
}

/** What may stand behind one verb. */
interface Case {
  readonly name: string
  readonly options: readonly string[]
  readonly actions: readonly string[]
}

type Values = readonly (readonly [string, readonly string[]])[]

function bash(names: readonly string[], cases: readonly Case[], values: Values): string {
  const branches = cases
    .map(({ name, options, actions }) => `    ${name}) words="${options.join(' ')}" actions="${actions.join(' ')}" ;;`)
    .join('\n')
  const known = [...values, ['completion', [...shells]] as const]
    .map(([option, words]) => `    ${option}) COMPREPLY=($(compgen -W "${words.join(' ')}" -- "$word")); return ;;`)
    .join('\n')
  return `_sectag() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words actions
  case "\${COMP_WORDS[COMP_CWORD-1]}" in
${known}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${names.join(' ')}" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${branches}
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
    *) COMPREPLY=($([ "$COMP_CWORD" -eq 2 ] && compgen -W "$actions" -- "$word"; compgen -f -- "$word")) ;;
  esac
}
complete -o filenames -F _sectag sectag
`
}

function fish(verbs: readonly Verb[], cases: readonly Case[]): string {
  const first = verbs.map(
    (verb) => `complete -c sectag -n __fish_use_subcommand -a ${verb.name} -d '${verb.summary.replaceAll("'", "\\'")}'`,
  )
  const rest = cases.flatMap(({ name, options, actions }) => {
    const behind = `complete -c sectag -n '__fish_seen_subcommand_from ${name}'`
    return [
      ...actions.map((action) => `${behind} -a ${action}`),
      ...options.map((option) => `${behind} ${option.startsWith('--') ? '-l' : '-s'} ${option.replace(/^-+/, '')}`),
    ]
  })
  return `${[...first, ...rest].join('\n')}\n`
}

function powershell(names: readonly string[], cases: readonly Case[]): string {
  const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ')
  const branches = cases
    .map(({ name, options, actions }) => `    '${name}' { @(${quoted([...actions, ...options])}) }`)
    .join('\n')
  return `Register-ArgumentCompleter -Native -CommandName sectag -ScriptBlock {
  param($word, $ast, $cursor)
  $verb = if ($ast.CommandElements.Count -gt 1) { $ast.CommandElements[1].ToString() } else { '' }
  $words = switch ($verb) {
${branches}
    default { @(${quoted(names)}) }
  }
  $words | Where-Object { $_ -like "$word*" }
}
`
}
