import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Member, storyTag } from './member.ts'
import { must, passphraseFile, type Stage } from './stage.ts'

/** The words of a command line that writes a board; the same for the first time and for healing. */
export function applyWords(member: Member): string[] {
  const secret = member.kind === 'born' ? ['--passphrase-file', passphraseFile] : []
  return ['apply', '--port', member.port, manifestOf(member), '--proof', 'presence', ...secret]
}

/** The manifest of a board, in the folder of the story. */
export function manifestOf({ name }: Member): string {
  return `${name}.yaml`
}

/** Gives a board its credentials by cable: from files, or with a key that is born in it. */
export async function provision(stage: Stage, member: Member): Promise<void> {
  const { sectag } = stage
  const { name, kind } = member
  if (kind === 'imported') {
    const files = ['--new-key', `${name}.key`, '--out', `${name}.crt`, '--passphrase-file', passphraseFile]
    const subject = `nrf-${member.modem.identity.imei}`
    await must(sectag, ['ca', 'issue', '--profile', 'device', '--subject', subject, ...files])
  }
  writeFileSync(join(stage.folder, manifestOf(member)), manifestText(stage, member))
  await must(sectag, applyWords(member))
}

function manifestText({ options }: Stage, { name, kind }: Member): string {
  const tag = options.sabotage === 'wrong-tag' ? storyTag + 1 : storyTag
  const pair = kind === 'born' ? ['    enrol: device'] : [`    certificate: ${name}.crt`, `    key: ${name}.key`]
  return ['sectag: 1', 'tags:', `  - tag: ${tag}`, '    ca: root.crt', ...pair, ''].join('\n')
}
