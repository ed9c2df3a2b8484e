import { changesBetween, type MovePages, pagesBetween, type SdkVersion, sdkName } from '../../numbers/index.ts'
import type { Output } from '../output.ts'
import { table } from '../table.ts'
import { wrapped } from '../wrap.ts'

/** What changes on the way from one SDK to another, and Nordic's own pages about it. */
export function tellChanges(output: Output, from: SdkVersion, to: SdkVersion): void {
  const rows = changesBetween(from, to).map(({ since, about, words, facts, likely }) => {
    output.event('change', { since: sdkName(since), about, words, facts, likely: likely === true })
    return [sdkName(since), about, `${likely === true ? 'likely: ' : ''}${words} (${facts.join(', ')})`]
  })
  const head = `WHAT CHANGES FROM ${sdkName(from)} TO ${sdkName(to)}`
  output.say(
    rows.length > 0
      ? `\n${table(['SINCE', 'ABOUT', head], rows, output.columns)}`
      : `\n${head}: nothing that is known here`,
  )
  tellPages(output, pagesBetween(from, to))
}

const noGuide = 'Nordic has no migration guide for this way; the release notes are what there is (COMPAT-84)'

function tellPages(output: Output, { notes, knownIssues, library, guides }: MovePages): void {
  const pages = [...notes, knownIssues, library, ...guides]
  const rows = (name: string, listed: readonly string[]): string[] => [
    `\n${name}`,
    ...listed.map((page) => `  ${page}`),
  ]
  const text = [
    ...rows('release notes', notes),
    ...rows('known issues, and changes of the modem library', [knownIssues, library]),
    ...(guides.length > 0 ? rows('migration guides', guides) : [`\n${wrapped(noGuide, output.columns)}`]),
  ].join('\n')
  output.event('pages', { pages, guides }, text)
}
