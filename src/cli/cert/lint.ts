import { basename, resolve } from 'node:path'
import { type CertificateRole, examineCertificates, type Finding, hasErrors } from '../../plan/index.ts'
import { armour, parsePem } from '../../pki/index.ts'
import { byteText, Secret, utf8 } from '../../terms/index.ts'
import type { World } from '../ca/world.ts'
import type { Ending, Output } from '../output.ts'
import { readFile } from '../read-file.ts'
import { shellWord } from '../shell-word.ts'
import { noCertificate } from './certificate-file.ts'

/** What was typed behind `cert lint`. */
export interface LintOptions {
  readonly role?: CertificateRole
  /** Whether what may bite later counts too. */
  readonly strict: boolean
}

/** `sectag cert lint`: what a modem, or the broker that it meets, would mind in a certificate file; each with its ground and its cure. */
export async function lint(world: World, name: string, { role, strict }: LintOptions): Promise<Ending> {
  const { context, output } = world
  const content = readFile(resolve(context.cwd, name), name)
  if (!(content instanceof Uint8Array))
    return {
      exit: 2,
      failure: {
        what: content.text,
        state: 'nothing was changed',
        why: 'no such file is there for us',
        next: `ls -l ${shellWord(name)}`,
      },
    }
  const { blocks, problems } = parsePem(byteText(content))
  for (const block of blocks) if (block.label.endsWith('PRIVATE KEY')) output.know(new Secret(utf8(armour(block))))
  const labels = blocks.map(({ label }) => label)
  // A key that stands alone stands beside nothing: another file was meant.
  if (labels.length > 0 && problems.length === 0 && !labels.includes('CERTIFICATE'))
    return noCertificate(name, labels).refusal
  const now = context.clock.now()
  const found = await examineCertificates(content, { origin: basename(name), now, ...(role !== undefined && { role }) })
  const findings = found.findings.map((finding) => ({ ...finding, next: withFile(finding.next, name) }))
  for (const finding of findings) tell(output, finding)
  const count = (severity: Finding['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length
  const [errors, warnings, notes] = [count('error'), count('warning'), count('note')]
  output.say(`${name}, taken for ${roleWords[found.role]}: errors ${errors}, warnings ${warnings}, notes ${notes}.`)
  const more = { role: found.role, errors, warnings, notes }
  if (!hasErrors(findings) && !(strict && warnings > 0)) return { exit: 0, more }
  const [first] = findings
  const what =
    errors > 0
      ? `${name} would be refused: ${first?.text ?? ''}`
      : `${name} has what may bite later: ${first?.text ?? ''}`
  const why = `${first?.ground ?? ''}; see docs/facts, or the standard`
  return { exit: 5, failure: { what, state: 'nothing was changed', why, next: first?.next ?? '' }, more }
}

/** The cure with the file's name in it, so that it can be typed. */
function withFile(next: string, name: string): string {
  return next.replaceAll(/\bFILE(\.\w+)?/g, (_, ending: string | undefined) => shellWord(name + (ending ?? '')))
}

const roleWords: Readonly<Record<CertificateRole, string>> = {
  device: "a board's chain",
  server: "a server's chain",
  root: 'roots that a board trusts',
}

function tell(output: Output, { severity, code, where, text, ground, next }: Finding): void {
  const look = ({ error: 'bad', warning: 'unknown', note: 'dim' } as const)[severity]
  const words = `${output.look(look, severity.padEnd(7))}  ${where}: ${text} [${ground}]\n         ${next}`
  output.event('finding', { severity, code, where, text, ground, next }, words)
}
