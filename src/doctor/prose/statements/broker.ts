import type { Sign } from '../../signs/tables.ts'
import { cured, near, says, type Statement } from '../statement.ts'

/** What people tell of brokers and clouds. */
export const brokerStatements: Partial<Record<Sign, readonly Statement[]>> = {
  'listener-misconfigured': [
    says('broker', 'listener', 'wrong'),
    says('broker', 'listener', 'unset'),
    says('broker', '!allow', 'file'),
    cured('broker', 'listener', 'changed'),
    cured('broker', 'listener', 'unset'),
    cured('file', 'allow', 'broker'),
  ],
  'config-not-in-force': [
    says('listener', '!available'),
    says('listener', 'other', 'file'),
    says('listener', '!written'),
    cured('broker', 'reset'),
  ],
  'policy-forbids': [
    says('policy', 'deny'),
    says('policy', 'wrong'),
    says('~policy', '!allow'),
    says('policy', 'gone'),
    says('policy', 'only'),
    says('policy', '!registered'),
    cured('client-id', 'name', 'same'),
    says('client-id', '!fit'),
    says('client-id', 'fit'),
    says('client-id', 'policy'),
    cured('policy'),
    says('topic', '!allow'),
  ],
  'closed-without-connack': [
    says('tls', 'works', 'drops', 'connect'),
    says('~connack', 'drops'),
    says('!connack'),
    says('session', 'drops', 'unexpected'),
    says('server', 'drops', 'unexpected'),
  ],
  'not-registered-there': [
    says('unit', 'console', '!registered'),
    says('certificate', 'console', '!registered'),
    says('unit', 'console', 'forgot'),
    says('certificate', 'console', 'forgot', 'registered'),
    cured('unit', 'registered', 'console'),
    cured('certificate', 'registered', 'console'),
    says('name', 'client-id', 'differ'),
    says('name', 'client-id', '!fit'),
  ],
  'certificate-inactive': [
    says('certificate', 'console', 'inactive'),
    says('certificate', '!active'),
    cured('certificate', 'active'),
  ],
  'same-client-id': [
    says('client-id', 'same'),
    says('client-id', 'one', 'many'),
    cured('client-id', 'changed'),
    cured('client-id', 'other'),
  ],
  'one-throws-out-the-other': [
    says('others', 'unit', 'connect', 'drops'),
    says('one', 'unit', 'works', 'drops', 'others'),
  ],
  'same-image-on-several': [says('many', 'unit', 'same', 'image')],
  'connects-and-drops': [
    says('connect', 'drops', 'again'),
    says('session', 'drops', 'again'),
    says('connect', 'drops', 'since'),
  ],
  'silent-too-long': [
    says('idle', 'drops'),
    says('keep-alive', 'fails'),
    says('keep-alive', 'drops'),
    says('~keep-alive', '!works'),
    cured('keep-alive'),
    says('session', 'drops', 'idle'),
    near('idle', 'session', 'drops'),
  ],
  'wrong-password': [
    says('password', 'wrong'),
    says('password', 'expired'),
    says('password', 'deny'),
    cured('password'),
    says('password', '!fit'),
  ],
  'only-intermediate-fails': [
    says('intermediate', 'fails', 'certificate'),
    says('~intermediate', 'chain', '!held'),
    cured('intermediate'),
  ],
}
