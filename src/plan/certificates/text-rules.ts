import { type PemProblem, parsePem } from '../../pki/index.ts'
import { error, type Finding, note, warning } from './finding.ts'

const broken: Readonly<Record<PemProblem['code'], readonly [ground: string, next: string]>> = {
  'not-pem': ['PEM-24', 'openssl x509 -inform der -in FILE -out FILE.pem   # if it is DER'],
  flattened: ['PEM-17', 'put header, footer and every 64 characters on a line of their own; or fetch the file again'],
  'escaped-newlines': ['PEM-18', String.raw`printf '%b' "$(cat FILE)" > FILE.pem`],
  unfinished: ['PEM-07', 'fetch the file again: its end is missing'],
  'bad-base64': ['PEM-07', 'fetch the file again: its body is damaged'],
  empty: ['PEM-24', 'fetch the file again'],
}

const rewrite = 'openssl x509 -in FILE -out FILE.pem   # for each certificate; `sectag apply` writes it so anyway'

/** What a modem would mind in the text of a file, whatever its certificates say. `text` has one character a byte. */
export function textFindings(text: string, origin: string): Finding[] {
  if (text.startsWith('0'))
    return [error('der', origin, 'the file is DER; a modem takes PEM', 'PEM-07', broken['not-pem'][1])]
  if (text.startsWith('\xff\xfe') || text.startsWith('\xfe\xff')) {
    const next = 'iconv -f utf-16 -t ascii FILE > FILE.pem'
    return [error('utf-16', origin, 'the file is UTF-16; a modem finds no BEGIN line in it', 'PEM-07', next)]
  }
  const { blocks, problems, outside } = parsePem(text)
  const stray = blocks.filter(({ label }) => label !== 'CERTIFICATE')
  return [
    ...problems.map(({ code, line, text: what }) => error(code, `${origin}:${line}`, what, ...broken[code])),
    ...stray.map(({ label, line }) => strayBlock(label, `${origin}:${line}`)),
    ...lineEnds(text, origin),
    ...(outside ? [note('text-outside', origin, 'text stands outside the PEM blocks', 'PEM-11', rewrite)] : []),
    ...(text.startsWith('\xef\xbb\xbf')
      ? [warning('byte-order-mark', origin, 'a byte order mark stands in front', 'PEM-12', rewrite)]
      : []),
  ]
}

function strayBlock(label: string, where: string): Finding {
  if (!label.endsWith('PRIVATE KEY'))
    return error('wrong-block', where, `there is a ${label}, where certificates belong`, 'PEM-07', rewrite)
  const next = 'openssl x509 -in FILE -out FILE.crt   # and keep the key in a file of its own, chmod 600'
  const what = 'a private key stands beside the certificate; who is given the one has the other'
  return error('private-key', where, what, 'CMNG-17', next)
}

function lineEnds(text: string, origin: string): Finding[] {
  const [crlf, cr, lf] = [/\r\n/g, /\r(?!\n)/g, /(?<!\r)\n/g].map((ends) => text.match(ends)?.length ?? 0)
  const repair = String.raw`tr -d '\r' < FILE > FILE.pem`
  if (cr)
    return [error('cr-only', origin, 'lines end with CR alone', 'PEM-20', String.raw`tr '\r' '\n' < FILE > FILE.pem`)]
  if (crlf && lf)
    return [warning('mixed-line-ends', origin, 'some lines end with CR LF, some with LF', 'PEM-29', repair)]
  if (!crlf) return []
  const what = 'lines end with CR LF: a modem takes it, and shows another digest than for LF'
  return [note('crlf', origin, what, 'DIG-04', repair)]
}
