import type { BrokerCheck, BrokerCheckOrder, Finding } from '../../broker/index.ts'
import type { Look, Output } from '../output.ts'
import { placeWords } from '../place.ts'
import { table } from '../table.ts'

/** Tells what a check has seen and found, the weightiest finding first. */
export function tellCheck(output: Output, order: BrokerCheckOrder, check: BrokerCheck): void {
  const { chain, findings, ...rest } = check
  output.event('broker-check', {
    place: placeWords(order.host, order.port),
    ...(order.name !== undefined && { name: order.name }),
    ...rest,
    findings: findings.length,
  })
  for (const certificate of chain) output.event('server-certificate', { ...certificate })
  for (const finding of findings) output.event('broker-finding', { ...finding })
  if (check.entering !== 'unreached') output.say(seenWords(output, order, check))
  for (const finding of findings) output.say(findingWords(output, finding))
}

function seenWords(output: Output, order: BrokerCheckOrder, check: BrokerCheck): string {
  const { chain, chainBytes, shared } = check
  const head = ['SENT', 'ROLE', 'SUBJECT', 'BYTES', 'KEY', 'SIGNED WITH', 'EXPIRES', 'DAYS']
  const rows = chain.map(({ role, subject, bytes, key, signature, notAfter, days }, at) => [
    String(at + 1),
    role,
    subject,
    String(bytes),
    key,
    signature,
    notAfter,
    String(days),
  ])
  const facts: [string, string][] = [
    ['chain', chain.length === 0 ? 'none was seen' : `${chainBytes} bytes of 4096`],
    ['suites', shared === undefined || shared.suites.length === 0 ? 'none in common' : shared.suites.join(', ')],
    ['curves', shared === undefined || shared.curves.length === 0 ? 'none in common' : shared.curves.join(', ')],
    ['client', clientWords(check)],
    ['name', nameWords(order, check)],
  ]
  const list = facts.map(([word, text]) => `${output.look('dim', word.padEnd(6))}  ${text}`)
  return [...(rows.length > 0 ? [table(head, rows)] : []), ...list].join('\n')
}

function clientWords({ clientCertificate, clientCas, session }: BrokerCheck): string {
  const demand = {
    demanded: 'a certificate is demanded',
    asked: 'a certificate is asked for, and TLS goes on without one',
    'not-asked': 'no certificate is asked for',
    unknown: 'whether a certificate is demanded could not be seen',
  }[clientCertificate]
  const listed = [...clientCas.slice(0, 3), ...(clientCas.length > 3 ? [`${clientCas.length - 3} more`] : [])]
  const names = listed.length === 0 ? '' : `, of ${listed.join(', ')}`
  const tried = session === undefined ? '' : `; MQTT was ${session ? 'accepted' : 'refused'}`
  return `${demand}${names}${tried}`
}

function nameWords({ name }: BrokerCheckOrder, { withoutName, entering }: BrokerCheck): string {
  if (name === undefined) return 'none: as for boards that set no host name'
  if (withoutName === undefined) return `${name}, as for boards that set the host name`
  const bare = withoutName ? 'gets through the handshake too' : 'does not get through either'
  const also = entering === 'enters' || !withoutName ? bare : 'gets through the handshake'
  return `${name}, as for boards that set the host name; one that sets none ${also}`
}

const heads: Readonly<Record<Finding['weight'], readonly [Look, string]>> = {
  unreached: ['bad', 'UNREACHED'],
  refuses: ['bad', 'REFUSES'],
  open: ['unknown', 'UNKNOWN'],
  note: ['strong', 'note'],
}

function findingWords(output: Output, finding: Finding): string {
  const [look, word] = heads[finding.weight]
  const facts = finding.facts.length === 0 ? '' : `  (${finding.facts.join(', ')})`
  const sure = finding.sure ? '' : 'likely: '
  return [
    `\n${output.look(look, word)}  ${finding.class}: ${sure}${finding.what}${facts}`,
    `  why  ${finding.why}`,
    `  fix  ${finding.fix}`,
  ].join('\n')
}
