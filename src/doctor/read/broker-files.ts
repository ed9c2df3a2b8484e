import type { Line } from './line.ts'

/** OpenSSL's routines that read a file, and what the system says of one. */
const ofFiles =
  /\b(?:x509 certificate|PEM|asn1 encoding|DECODER) routines:|\b(?:system library|BIO routines):[^:]*:(?:no such file|permission denied)/i
const serving = /\bNew connection from \S+|\bmosquitto version \S+ running/
const loading = /\bmosquitto version \S+ starting|\bReloading config|\bError: /

/**
 * Tells of each line of a broker's log whether it is about a file of the broker's own that could not be loaded: a certificate, a
 * key, or the two together. That says nothing of what any device holds. Once it serves, the same routines speak of what a client sent.
 */
export function brokerFiles(): (line: Line) => boolean {
  let serves = false
  return ({ speaker, text }) => {
    if (speaker !== 'broker') return false
    if (serving.test(text)) serves = true
    else if (loading.test(text)) serves = false
    return !serves && ofFiles.test(text)
  }
}
