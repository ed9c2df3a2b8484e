import { createHash, generateKeyPairSync } from 'node:crypto'
import { rootCertificates } from 'node:tls'

/** Upper-case SHA-256 of a text, as a listing prints it: by Node, not by the modem's own code. */
export const digest = (text: string): string => createHash('sha256').update(text, 'latin1').digest('hex').toUpperCase()

/** Amazon Root CA 1 with LF and a last LF, which Node brings along: the certificate of the vectors DIG-09 to DIG-15. */
export const amazonRoot: string = found()

function found(): string {
  const known = '2C43952EE9E000FF2ACC4E2ED0897C0A72AD5FA72C3D934E81741CBD54F05BD1'
  const text = rootCertificates.map(rewrapped).find((pem) => digest(pem) === known)
  if (text === undefined) throw new Error('Node has no Amazon Root CA 1')
  return text
}

/** Node wraps at 72 characters; the published file wraps at 64. */
function rewrapped(pem: string): string {
  const body = pem.replaceAll(/-----[A-Z ]+-----|\s/g, '').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...body, '-----END CERTIFICATE-----', ''].join('\n')
}

/** A private key as PKCS#8 PEM. */
export const privateKey: string = String(
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' }),
)

/** What a type holds in these dialogues: something that every line accepts. */
export function sample(type: number): string {
  if (type <= 1) return amazonRoot
  if (type === 2) return privateKey
  return type === 3 ? '6e7266393174657374' : 'device-7'
}
