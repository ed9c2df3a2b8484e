/** A pre-shared key on its way into a slot: of type 3, or without the quotes that the modem wants. */
const psk = /%CMNG\s*=\s*0\s*,\s*\d+\s*,\s*3\s*,\s*"([^"]{4,512})"/i

/** What people put in the place of a secret that they do not show. */
const leftOut = /\.\.|…|[<>*\s]|x{3}|secret\b|\b(?:my|the|your|psk|key)\b/i

/**
 * Whether a line, before its secrets are struck out, writes a pre-shared key that is not the hexadecimal of its bytes: the modem
 * takes it with OK, and no server has that key (CMNG-87).
 */
export function isMalformedPsk(text: string): boolean {
  const written = psk.exec(text)?.[1]
  if (written === undefined || leftOut.test(written)) return false
  return !/^(?:[0-9a-f]{2})+$/i.test(written)
}
