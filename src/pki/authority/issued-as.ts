import 'reflect-metadata'
import { ExtendedKeyUsageExtension, SubjectAlternativeNameExtension, X509Certificate } from '@peculiar/x509'
import type { Certificate } from '../certificate.ts'
import type { IssueProfile } from './authority.ts'
import { endless, profiles } from './profiles.ts'

/** What a certificate of this authority was ordered as. */
export interface IssuedAs {
  readonly profile: IssueProfile
  readonly subject: string
  readonly names: readonly string[]
}

/** Reads out of a certificate what must be ordered to get one like it. */
export function issuedAs({ der, notAfter }: Certificate): IssuedAs {
  const read = new X509Certificate(der)
  const purposes = read.getExtension(ExtendedKeyUsageExtension)?.usages ?? []
  const names = read.getExtension(SubjectAlternativeNameExtension)?.names.toJSON() ?? []
  const device = notAfter >= endless ? 'device-forever' : 'device'
  return {
    profile: purposes.map(String).includes(profiles.server.purpose) ? 'server' : device,
    subject: read.subjectName.getField('CN')[0] ?? '',
    names: names.flatMap(({ type, value }) => (type === 'dns' || type === 'ip' ? [value] : [])),
  }
}
