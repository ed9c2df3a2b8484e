import type { Tell } from '../ledger.ts'
import { noEnd, type Reader } from './line.ts'

const write = /\b(?:modem_key_mgmt|tls_credential)_(?:write|add)\s*\(.{0,160}\)\s*;/
const start = /\b(?:nrf_modem_lib_init|bsdlib_init|nrf_modem_init)\s*\(.{0,80}\)\s*;/

/** The end of a function: what stands behind it may run before. */
const end = /^\}/

/** Code that writes a credential and starts the modem's library only behind it: the write cannot have worked. */
export function callOrderReader(tell: Tell): Reader {
  let written = false
  let started = false
  return {
    line(line) {
      if (end.test(line.raw)) written = false
      if (write.test(line.text)) written = true
      if (!start.test(line.text)) return
      if (written && !started) tell(line, 'seen', { sign: 'written-before-start' })
      started = true
    },
    end: noEnd,
  }
}
