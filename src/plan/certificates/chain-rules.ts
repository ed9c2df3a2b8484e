import { armour, type CertificateDetails, issuedBy } from '../../pki/index.ts'
import { longestChain, longestCommand, longestRecord } from '../../numbers/index.ts'
import { error, type Examined, type Finding, note, warning } from './finding.ts'

/** What is around a certificate's text in the command that writes it. */
const writing = 'AT%CMNG=0,2147483647,1,""'.length
const reorder = 'put the own certificate first, then each issuer behind what it issued; leave the root out'

/** What is to say of the certificates of a file together: order, links, and how long they are. */
export async function chainFindings(examined: Examined): Promise<Finding[]> {
  if (examined.role === 'root') return [...doubles(examined), ...roots(examined), ...lengths(examined)]
  return [...doubles(examined), ...(await links(examined)), ...rootInside(examined), ...lengths(examined)]
}

function place({ origin }: Examined, index: number): string {
  return `${origin}, certificate ${index + 1}`
}

function doubles(examined: Examined): Finding[] {
  const seen = new Set<string>()
  return examined.chain.flatMap(({ certificate: { fingerprint, subject } }, index) => {
    const known = seen.has(fingerprint)
    seen.add(fingerprint)
    if (!known) return []
    return [
      warning('twice', place(examined, index), `${subject} stands there twice`, 'PEM-31', 'leave one of them out'),
    ]
  })
}

/** RFC 5246, 7.4.2: each certificate certifies the one before it; RFC 5280, 6.1.3 and 6.1.4. */
async function links(examined: Examined): Promise<Finding[]> {
  const found = examined.chain.slice(1).map(async (issuer, index): Promise<Finding[]> => {
    const below = examined.chain[index]
    if (below === undefined || below.certificate.fingerprint === issuer.certificate.fingerprint) return []
    return link(below, issuer, place(examined, index + 1), index)
  })
  return (await Promise.all(found)).flat()
}

async function link(
  below: CertificateDetails,
  issuer: CertificateDetails,
  where: string,
  cas: number,
): Promise<Finding[]> {
  const [child, parent] = [below.certificate, issuer.certificate]
  if (child.issuer !== parent.subject) {
    const what = `${parent.subject} did not issue ${child.subject}, which stands before it`
    return [error('chain-order', where, what, 'RFC 5246, 7.4.2', reorder)]
  }
  if (!(await issuedBy(child, parent))) {
    const what = `${parent.subject} bears the name of the issuer of ${child.subject}, and its key did not sign it`
    return [error('chain-signature', where, what, 'RFC 5280, 6.1.3', 'fetch the CA certificate that really signed it')]
  }
  const found: Finding[] = []
  if (issuer.pathLength !== undefined && issuer.pathLength < cas) {
    const what = `${parent.subject} allows ${issuer.pathLength} CAs below it, and ${cas} stand there`
    found.push(error('path-length', where, what, 'RFC 5280, 4.2.1.9', 'have the chain issued again, with fewer CAs'))
  }
  if (child.notAfter > parent.notAfter) {
    const what = `${child.subject} outlives its issuer ${parent.subject}`
    found.push(
      note('outlives-issuer', where, what, 'RFC 5280, 6.1.3', 'it is worth nothing after that; issue it shorter'),
    )
  }
  return found
}

function rootInside(examined: Examined): Finding[] {
  return examined.chain.slice(1).flatMap(({ certificate: { subject, issuer, der } }, index) => {
    if (subject !== issuer) return []
    const what = `the root ${subject} is in the chain: ${der.length} bytes that whoever checks has already`
    return [note('root-in-chain', place(examined, index + 1), what, 'RFC 5246, 7.4.2', 'leave the root out')]
  })
}

function roots(examined: Examined): Finding[] {
  return examined.chain.flatMap(({ certificate: { ca, subject } }, index) => {
    if (ca) return []
    const what = `${subject} is no CA: a board that trusts it must be written anew when it is renewed`
    return [warning('not-a-ca', place(examined, index), what, 'CMNG-16', 'name the root of its chain instead')]
  })
}

/** Bytes of a chain, and of the message that carries it (RFC 5246, 7.4.2): what a modem takes from a server, what fits into one record, and what an AT command carries. */
function lengths(examined: Examined): Finding[] {
  const { chain, origin, role } = examined
  const der = chain.reduce((sum, { certificate }) => sum + certificate.der.length, 0)
  const text = chain.reduce(
    (sum, { certificate }) => sum + armour({ label: 'CERTIFICATE', der: certificate.der }).length,
    0,
  )
  const next = 'use P-256 keys, fewer names, and leave the root out'
  if (role === 'server') {
    if (der > longestChain)
      return [error('too-long', origin, tooMany('the chain', der, longestChain, 'from a server'), 'PEM-34', next)]
    const message = 7 + der + 3 * chain.length
    if (message <= longestRecord) return []
    const what = `its message in the handshake has ${message} bytes: the server must cut it into records of ${longestRecord}`
    return [warning('long', origin, what, 'TLS-05', next)]
  }
  if (text + writing <= longestCommand) return []
  const what = tooMany('as PEM, the file', text + writing, longestCommand, 'in one AT command')
  return [error('too-long', origin, what, 'PEM-31', role === 'root' ? 'keep only the roots that boards need' : next)]
}

function tooMany(what: string, bytes: number, most: number, where: string): string {
  return `${what} has ${bytes} bytes, ${bytes - most} more than a modem takes ${where}`
}
