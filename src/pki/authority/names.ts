/** A subject alternative name of a server. */
export interface AlternativeName {
  readonly type: 'dns' | 'ip'
  readonly value: string
}

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const hostName = new RegExp(`^(?:\\*\\.)?${label}(?:\\.${label})*$`, 'i')

/**
 * A DNS name in its preferred syntax, a `*` as its whole first label allowed (RFC 5280, 4.2.1.6; RFC 9525, 6.3), or an IP
 * address; undefined for anything else. A name that ends in digits only would be taken for an address.
 */
export function alternativeName(text: string): AlternativeName | undefined {
  if (isIpv4(text) || isIpv6(text)) return { type: 'ip', value: text }
  const numeric = /(?:^|\.)\d+$/.test(text)
  return hostName.test(text) && text.length <= 253 && !numeric ? { type: 'dns', value: text } : undefined
}

function isIpv4(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255)
}

/** Eight groups, or fewer around one `::` (RFC 4291, 2.2). */
function isIpv6(text: string): boolean {
  if (!/^[0-9a-f:]{2,39}$/i.test(text)) return false
  const halves = text.split('::').map((half) => (half === '' ? [] : half.split(':')))
  const groups = halves.flat()
  const enough = halves.length === 1 ? groups.length === 8 : halves.length === 2 && groups.length < 8
  return enough && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
}
