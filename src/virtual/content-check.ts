import { readCertificate } from '../pki/index.ts'
import { type Bytes, byteText, bytesOf } from '../terms/index.ts'

const block = /-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+?)\r?\n?-----END CERTIFICATE-----/g

/**
 * What validating firmware seems to look for in types 0 and 1 (PEM-07): a BEGIN marker, a line feed behind it
 * (a carriage return in front is tolerated), base64 with line feeds, an END marker, and DER that is a certificate. Text
 * in front and several blocks are fine. Written apart from the host's PEM reader, so that the two do not share mistakes.
 */
export function isCertificateText(content: Bytes): boolean {
  const blocks = [...byteText(content).matchAll(block)].map((match) => match[1] ?? '')
  return blocks.length > 0 && blocks.every(isCertificateBody)
}

function isCertificateBody(body: string): boolean {
  try {
    readCertificate(bytesOf(atob(body.replaceAll(/[\r\n]/g, ''))))
    return true
  } catch {
    return false
  }
}
