import { commands, commandText, splitLines } from '../at/index.ts'
import { credentialType, typeName, utf8 } from '../terms/index.ts'
import type { Body } from './body.ts'

/** Writes what the application writes at every start. On a dying battery that is where power fails (LOSS-43, LOSS-44). */
export async function rewrite(body: Body, signal: AbortSignal): Promise<void> {
  const { battery, habits, modem, tag } = body.options
  for (const { tag: own, type, text } of habits?.rewrites ?? []) {
    if (battery !== undefined) modem.power(battery.level - battery.sag)
    const answer = await body.command(commandText(commands.cmngWrite, { tag: own, type, content: utf8(text) }))
    const written = answer.endsWith('OK\r\n')
    if (written && battery !== undefined && modem.state.supply < battery.brownOut) {
      // LOSS-32, OPEN-11: what is damaged need not be what was written.
      modem.store.lose(tag)
      body.powerFails()
      signal.throwIfAborted()
    }
    if (battery !== undefined) modem.power(battery.level)
    if (written) body.print('inf', `Credential written to tag ${own}`)
    else body.print('err', `Writing to tag ${own} failed: ${splitLines(answer).join(' ')}`)
  }
}

const needed = [credentialType.rootCa, credentialType.clientCertificate, credentialType.privateKey]

/** The names of what is missing in the application's tag; undefined where it does not look. */
export async function bootCheck(body: Body): Promise<readonly string[] | undefined> {
  const { habits, tag } = body.options
  if (habits?.bootCheck === undefined) return undefined
  const answer = await body.command(commandText(commands.cmngList, { tag }))
  const { answer: codec } = commands.cmngList
  const lines = splitLines(answer).filter((line) => codec.claims(line))
  const types = new Set(codec.parse(lines.join('\r\n')).map(({ type }) => type))
  const missing = needed.filter((type) => !types.has(type)).map(typeName)
  if (missing.length > 0) body.print('err', `Tag ${tag}: ${missing.join(', ')} missing`)
  return missing
}
