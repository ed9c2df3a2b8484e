import type { Instant } from '../../terms/index.ts'
import type { Certificate } from '../certificate.ts'
import { endless } from './profiles.ts'

/**
 * When a certificate wants to be renewed: at two thirds of its life, which begins when it is issued, and runs on a shelf too;
 * undefined for one without an end (RFC 5280, 4.1.2.5).
 */
export function renewAt({ notBefore, notAfter }: Pick<Certificate, 'notBefore' | 'notAfter'>): Instant | undefined {
  return notAfter >= endless ? undefined : notBefore + Math.floor(((notAfter - notBefore) * 2) / 3)
}
