import type { Sign } from '../../signs/tables.ts'
import { cured, near, says, type Statement } from '../statement.ts'

/** What people tell of TLS between the two ends. */
export const tlsStatements: Partial<Record<Sign, readonly Statement[]>> = {
  'name-not-in-certificate': [
    says('name', 'certificate', '!fit'),
    says('name', 'certificate', 'differ'),
    says('name', 'certificate', '!held'),
    says('name', 'certificate', 'valid-for'),
    cured('name', 'certificate', 'fit'),
    cured('name', 'option', 'tls'),
  ],
  'plain-on-tls': [
    says('tls', 'port', 'plain'),
    says('plain', 'port', 'wrong'),
    says('~tls', 'port', '!active'),
    cured('port', 'plain'),
    near('!tls', 'port', 'listener'),
  ],
  'no-common-version': [
    says('tls-version', 'only'),
    says('tls-version', 'unsupported'),
    says('tls-version', '!available'),
    cured('tls-version'),
  ],
  'no-common-suite': [
    says('suite', 'unsupported'),
    says('suite', '!available'),
    says('suite', '!same'),
    says('suite', 'wrong'),
    cured('suite'),
  ],
  'clock-wrong': [says('clock', 'behind'), says('~clock', 'certificate', 'before'), cured('clock')],
  'first-attempt-fails': [says('first', 'connect', 'fails', 'retry'), near('first', 'fails', 'retry', 'works')],
  'other-server-works': [
    says('other', 'server', 'works'),
    says('only', 'one', 'server', 'fails'),
    says('others', 'server', 'works'),
  ],
  'server-changed': [
    says('server', 'changed', 'root-ca'),
    says('server', 'renewed', 'certificate'),
    says('server', 'changed', 'certificate'),
    says('server', 'changed', 'chain'),
    says('renewed', 'certificate', 'many'),
    says('root-ca', 'expired'),
    says('intermediate', 'changed'),
    says('server', 'changed', 'intermediate'),
    says('leaf', 'expired'),
  ],
  'root-not-the-issuer': [
    says('root-ca', 'wrong'),
    says('root-ca', 'other', 'server'),
    says('root-ca', 'gone', 'written'),
    says('certificate', 'other', 'server', 'accident'),
    cured('root-ca', 'changed'),
    cured('root-ca', 'written'),
    cured('root-ca', 'other'),
    cured('chain', 'root-ca'),
    says('computer', 'same', 'root-ca', '!connect'),
    says('computer', 'same', 'root-ca', 'fails'),
  ],
  'handshake-timed-out': [says('tls', 'slow', 'fails'), says('tls', '!connect', 'slow')],
  'longer-timeout-helps': [cured('slow', 'longer', 'tls')],
  'chain-too-large': [
    says('chain', 'too-large'),
    says('certificate', 'too-large', 'modem'),
    says('certificate', 'too-large', 'memory'),
    says('intermediate', 'too-large'),
    cured('certificate', 'smaller'),
    cured('chain', 'smaller'),
  ],
}
