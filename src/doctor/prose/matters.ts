import type { Sentence } from './sentence.ts'
import { makes, says, type Statement } from './statement.ts'

/**
 * What a text can be about, without saying that anything of it is wrong. People speak of what they suspect, and of what they
 * tried: a matter decides nothing, and puts a cause among those that are worth a question.
 */
const matters = {
  sim: [says('~sim')],
  subscription: [says('subscription', 'portal'), says('subscription', 'active'), says('sim', 'operator')],
  operator: [says('operator', 'network'), says('country', 'network'), says('operator', 'fails')],
  registration: [says('register', 'network'), says('~register', 'modem'), says('search', 'network')],
  'radio-mode': [says('ltem', 'nbiot'), says('radio-mode', 'fails'), says('radio-mode', 'works'), says('band')],
  bearer: [says('~apn'), says('bearer', 'network'), says('bearer', 'fails')],
  names: [says('~dns')],
  route: [says('firewall'), says('port', 'fails'), says('port', 'computer'), says('server', 'down')],
  memory: [says('~memory', 'fails'), says('memory', 'call'), says('~memory', 'tls'), says('too-small', 'memory')],
  serial: [says('serial', 'fails'), says('serial', 'at'), says('serial', 'flow-control'), says('serial', 'odd')],
  hardware: [says('hardware', 'unit'), says('supply', 'unit'), says('consumption'), says('debug-access', 'fails')],
  image: [says('image', 'written'), says('target', 'written'), says('image', 'target')],
  version: [says('mfw', 'version'), says('sdk', 'version'), says('version', 'works'), says('mfw', 'chip')],
  setting: [says('option'), says('call', 'order'), says('call', 'fails'), says('app', 'call')],
  crash: [says('crash'), says('modem', 'crash')],
  start: [says('library', 'call'), says('modem', 'mute'), says('library', 'fails')],
  resets: [says('reset', 'modem'), says('reset', 'register'), says('reset', 'again')],
  policy: [says('~policy')],
  'client-id': [says('client-id')],
  silence: [says('keep-alive'), says('idle', 'session'), says('idle', 'connect')],
  password: [says('password')],
  listener: [says('broker', 'listener'), says('listener', 'file')],
  enrolment: [says('unit', 'console', 'registered'), says('certificate', 'console')],
  'client-certificate': [says('certificate', 'unit', 'tls'), says('certificate', 'broker')],
  suite: [says('suite'), says('tls-version')],
  name: [says('name', 'certificate'), says('name', 'tls')],
  clock: [says('clock', 'certificate'), says('clock', 'tls')],
  'slow-handshake': [says('tls', 'slow')],
  'foreign-client': [says('foreign-client')],
  nordic: [says('nordic')],
  cloud: [says('cloud')],
  'mutual-tls': [says('wants-client-cert')],
} as const satisfies Readonly<Record<string, readonly Statement[]>>

/** The name of what a text is about. */
export type Matter = keyof typeof matters

const entries = Object.entries(matters) as unknown as readonly (readonly [Matter, readonly Statement[]])[]

/** What a sentence is about; a guess and a question count here. */
export function mattersOf(sentence: Sentence): Matter[] {
  return entries.filter(([, ways]) => ways.some((way) => makes(way, [sentence]))).map(([matter]) => matter)
}
