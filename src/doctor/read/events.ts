import { rehearsalPrefix, type Slot } from '../../terms/index.ts'
import type { Tell } from '../ledger.ts'
import type { Sign } from '../signs/tables.ts'
import { type Line, noEnd, type Reader } from './line.ts'

type Json = Readonly<Record<string, unknown>>

/** One line of our own `--json`, or a broker's sighting; undefined for any other line. */
export function eventIn(raw: string): Json | undefined {
  const text = raw.trim()
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) && ('type' in value || 'handshake' in value) ? value : undefined
  } catch {
    return undefined
  }
}

/** A line of a dialogue that was recorded with `--json`, as a transcript has it. */
export function dialogueLineIn(raw: string): string | undefined {
  const event = eventIn(raw)
  if (event?.['type'] !== 'line') return undefined
  const { direction, text } = event
  return typeof direction === 'string' && typeof text === 'string' ? `${direction} ${text}`.trimEnd() : undefined
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const slotStates = ['same', 'differs', 'missing', 'unwanted', 'unknowable'] as const

/** What `sectag list`, `verify` and `info` print for machines, and what a witness saw at the broker. */
export function eventReader(tell: Tell): Reader {
  const held: Slot[] = []
  return {
    line(line) {
      const event = eventIn(line.raw)
      if (event === undefined) return
      if (event['type'] === 'held') held.push(...slotOf(event['slot']))
      else if (event['type'] === 'slot') readState(line, event, tell)
      else if (event['type'] === 'identity') readIdentity(line, event, tell)
      else if (event['type'] === 'result') readResult(line, event, held.splice(0), tell)
      else if (event['type'] === 'rehearsal') readRehearsal(line, event, tell)
      else if ('handshake' in event) readSighting(line, event, tell)
    },
    end: noEnd,
  }
}

function slotOf(value: unknown): Slot[] {
  if (!isObject(value)) return []
  const { tag, type } = value
  return typeof tag === 'number' && typeof type === 'number' ? [{ tag, type }] : []
}

function readState(line: Line, event: Json, tell: Tell): void {
  const [slot] = slotOf(event['slot'])
  const is = slotStates.find((state) => state === event['is'])
  if (slot !== undefined && is !== undefined) tell(line, 'slot', { tag: slot.tag, type: slot.type, is })
}

function readIdentity(line: Line, event: Json, tell: Tell): void {
  const { firmwareText, hardware, functionalMode, supplyMillivolt } = event
  if (typeof firmwareText === 'string') tell(line, 'mfw', { text: firmwareText.slice(0, 60) })
  if (typeof hardware === 'string') tell(line, 'hardware', { text: hardware.slice(0, 60) })
  if (typeof functionalMode === 'number') tell(line, 'mode', { mode: functionalMode, how: 'read' })
  if (typeof supplyMillivolt === 'number') tell(line, 'supply', { millivolt: supplyMillivolt })
  tell(line, 'control', { question: 'sectag info' })
}

/** A `list` that ended well names all that is held of what was asked for (`only`); a line without `only` does not say what that was. */
function readResult(line: Line, event: Json, held: readonly Slot[], tell: Tell): void {
  if (event['verb'] !== 'list' || event['ok'] !== true) return
  const only = event['only']
  const { tag, type } = isObject(only) ? only : {}
  const asked = { ...(typeof tag === 'number' && { tag }), ...(typeof type === 'number' && { type }) }
  if (typeof tag === 'number') tell(line, 'tag', { tag, how: 'asked' })
  tell(line, 'listing', { ...asked, held, end: isObject(only) ? 'final' : 'open' })
}

const refusals: Readonly<Record<string, (line: Line, tell: Tell) => void>> = {
  'no-client-certificate': (line, tell) => tell(line, 'distrust', { by: 'broker', why: 'missing' }),
  'client-expired': (line, tell) => tell(line, 'distrust', { by: 'broker', why: 'expired' }),
  'client-unknown-ca': (line, tell) => tell(line, 'distrust', { by: 'broker', why: 'untrusted' }),
  'client-revoked': (line, tell) => tell(line, 'distrust', { by: 'broker', why: 'revoked' }),
  'client-key-mismatch': (line, tell) => tell(line, 'key-mismatch', { by: 'broker' }),
  'server-unknown-ca': (line, tell) => tell(line, 'distrust', { by: 'device', why: 'untrusted' }),
  'server-expired': (line, tell) => tell(line, 'distrust', { by: 'device', why: 'expired' }),
  'server-bad-certificate': (line, tell) => tell(line, 'distrust', { by: 'device', why: 'unusable' }),
  'client-not-yet-valid': (line, tell) => tell(line, 'seen', { sign: 'not-yet-valid' }),
  'client-wrong-use': (line, tell) => tell(line, 'distrust', { by: 'broker', why: 'unusable' }),
  'client-gave-up': (line, tell) => tell(line, 'seen', { sign: 'gave-up-at-its-key' }),
  'crl-unusable': (line, tell) => tell(line, 'seen', { sign: 'listener-misconfigured' }),
  'no-common-suite': (line, tell) => tell(line, 'seen', { sign: 'no-common-suite' }),
  'protocol-version': (line, tell) => tell(line, 'seen', { sign: 'no-common-version' }),
  'not-tls': (line, tell) => tell(line, 'seen', { sign: 'plain-on-tls' }),
  'not-authorised': (line, tell) => tell(line, 'connack', { code: 5, by: 'broker' }),
  'crl-stale': (line, tell) => tell(line, 'seen', { sign: 'listener-misconfigured' }),
  'server-name-mismatch': (line, tell) => tell(line, 'seen', { sign: 'name-not-in-certificate' }),
  'client-id-clash': (line, tell) => tell(line, 'seen', { sign: 'taken-over' }),
  'acl-denied': (line, tell) => tell(line, 'seen', { sign: 'policy-forbids' }),
}

/** A rehearsal is the host's, with a board's files: what stood in its way is at the broker, or in the files, and never in the modem. */
const obstacles: Readonly<Record<string, Sign>> = {
  'no-such-host': 'name-not-resolved',
  'no-listener': 'port-closed',
  'no-answer': 'port-closed',
  'plain-port': 'plain-on-tls',
  'not-tls': 'plain-on-tls',
  'no-common-suite': 'no-common-suite',
  'protocol-version': 'no-common-version',
  'name-mismatch': 'name-not-in-certificate',
  'server-expired': 'server-changed',
  'unknown-server-ca': 'root-not-the-issuer',
  'key-does-not-fit': 'pair-does-not-fit',
}

function readRehearsal(line: Line, event: Json, tell: Tell): void {
  const sign = obstacles[String(event['obstacle'])]
  if (sign !== undefined) tell(line, 'seen', { sign })
}

function readSighting(line: Line, event: Json, tell: Tell): void {
  // It was the host with a board's files: what became of it says nothing of what the board holds.
  const { clientId, refused } = event
  if (typeof clientId === 'string' && clientId.startsWith(rehearsalPrefix)) return
  if (isObject(refused)) refusals[String(refused['reason'])]?.(line, tell)
  else if (typeof event['session'] === 'number' && event['handshake'] === 'full')
    tell(line, 'connack', { code: 0, by: 'broker' })
}
