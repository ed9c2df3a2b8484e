import { capabilities, type Firmware, firmwareNamed, functionalMode, knowsCommand } from '../../numbers/index.ts'
import type { Asked } from './command.ts'

/** Commands of modems of other makes: Quectel, SIMCom, u-blox. */
export function isForeign(name: string): boolean {
  return /^\+(?:Q[A-Z]{3}|SM[A-Z]{3}|CSSL|CMQTT|CAOPEN|UMQTT|USEC|UUMQTT)/.test(name)
}

/** Questions that the card answers. */
export const ofSim = /^(?:\+CPIN|\+CIMI|%XICCID)$/

/** Commands of a Serial LTE Modem that go to the network: a bare ERROR says that this failed, and not that it is unknown. */
const ofNetwork =
  /^#X(?:MQTT(?:CON|PUB|SUB)|HTTPC(?:CON|REQ)|TCP(?:CLI|SEND)|UDP(?:CLI|SEND)|CONNECT|SEND|RECV|NRFCLOUD|GETADDRINFO|PING|FOTA)$/

/** Questions about card and radio: a bare ERROR says how these are just now (MODE-24, MODE-45). */
const ofRadio = /^(?:%X(?:SIM|MONITOR|SYSTEMMODE)|%CESQ|\+(?:CESQ|CEER|CGATT|CGDCONT|CGPADDR|COPS|CSQ))$/

/** What the board said of itself before it was asked. */
export interface Situation {
  readonly mode?: number
  readonly firmware?: Firmware
}

/** What an information line adds to what is known of the board. */
export function situationAfter(before: Situation, text: string): Situation {
  const mode = /^\+CFUN: ?(\d{1,2})\s*$/.exec(text)?.[1]
  const firmware = firmwareNamed(text)
  return { ...before, ...(mode !== undefined && { mode: Number(mode) }), ...(firmware !== undefined && { firmware }) }
}

/** Modes 0 and 4 power the card down, and nothing asks it (MODE-09, MODE-12). */
export function isCardOff({ mode }: Situation): boolean {
  return mode === 0 || mode === 4
}

/** Whether the board's firmware has a command for sure. Only the newer family has an identity to ask for (ID-44, OPEN-14). */
function has(firmware: Firmware | undefined, name: string): boolean {
  if (name === '%DEVICEUUID') return firmware !== undefined && capabilities(firmware).deviceUuid
  return firmware === undefined || knowsCommand(firmware, name)
}

/**
 * Whether a bare ERROR says that the modem does not know a command that somebody needs. A question is only a look: what a
 * firmware is known not to have, or cannot tell while the radio is off, is refused on a board with nothing wrong.
 */
export function saysUnknown({ name, form }: Asked, { mode, firmware }: Situation): boolean {
  if ([isForeign(name), ofSim.test(name), ofNetwork.test(name), name === '%CMNG'].includes(true)) return false
  if (form === 'set' || form === 'test') return true
  if (ofRadio.test(name) || !has(firmware, name)) return false
  return form !== 'read' || mode === undefined || functionalMode(mode).writing !== 'quiet'
}
