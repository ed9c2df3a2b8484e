import type { Sentence } from './sentence.ts'
import { does, makes, says, type Statement } from './statement.ts'

/**
 * What a text can be about, without saying that anything of it is wrong. People speak of what they suspect, and of what they
 * tried: a matter decides nothing, and puts a cause among those that are worth a question.
 */
const spoken = {
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
  code: [says('sample-name'), says('library'), says('sdk', 'fails')],
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
  clock: [says('ntp'), says('clock', 'certificate'), says('clock', 'tls')],
  'slow-handshake': [says('tls', 'slow')],
  'foreign-client': [says('foreign-client')],
  'key-kind': [says('key-kind')],
  nordic: [says('nordic')],
  cloud: [says('cloud')],
  'mutual-tls': [says('wants-client-cert')],
} as const satisfies Readonly<Record<string, readonly Statement[]>>

/** What fails, as people tell it: then the likeliest causes of that stage are worth more than a question. */
const failing = {
  sim: [does('sim', 'fails'), does('~sim', '!works')],
  bearer: [does('bearer', 'fails'), does('bearer', '!works'), does('bearer', '!available'), does('apn')],
  tls: [
    does('tls', 'fails'),
    does('~tls', '!works'),
    does('~tls', '!connect'),
    does('certificate', 'fails', 'connect'),
  ],
  certificate: [does('certificate', 'verify', 'fails'), does('certificate', '!trusted'), does('~chain', '!trusted')],
  server: [does('server', '!connect'), does('server', 'fails', 'connect'), does('server', '!works')],
  session: [does('session', 'drops'), does('server', 'drops')],
  messages: [
    does('topic', 'fails'),
    does('~topic', '!works'),
    does('~topic', '!received'),
    does('topic', 'drops'),
    does('message', '!received'),
    does('message', 'gone'),
  ],
  modem: [does('modem', 'fails'), does('modem', '!works'), does('modem', 'hangs'), does('library', 'fails')],
  application: [
    does('app', 'crash'),
    does('app', 'fails'),
    does('app', 'hangs'),
    does('reset', 'again'),
    does('crash'),
  ],
  serial: [does('serial', 'fails'), does('serial', '!works'), does('at', 'mute'), does('at', '!works')],
  writing: [does('credential', 'written', 'fails'), does('credential', '!written', '-broker')],
  download: [
    does('download', 'fails', '-mfw', '-image'),
    does('download', '!works', '-mfw', '-image'),
    does('download', 'hangs', '-mfw', '-image'),
  ],
  update: [
    does('mfw', 'written', 'fails'),
    does('mfw', 'download', 'fails'),
    does('image', 'download', 'fails'),
    does('mfw', '!written'),
    does('debug-access', 'fails'),
    does('dfu', 'fails'),
    does('~dfu', '!works'),
  ],
  calls: [says('socket-call', 'fails', '-tls'), does('call', 'hangs')],
  image: [does('image', 'written', '!runs'), does('image', 'written', 'fails'), does('app', '!runs')],
} as const satisfies Readonly<Record<string, readonly Statement[]>>

/** The name of what a text is about. */
export type Matter = keyof typeof spoken | keyof typeof failing

/** What a sentence is about, whatever it says of it, or what it tells to fail. */
export interface Spoken {
  readonly matter: Matter
  readonly is: 'spoken-of' | 'failing'
}

type Ways = readonly (readonly [Matter, readonly Statement[]])[]
const spokenWays = Object.entries(spoken) as unknown as Ways
const failingWays = Object.entries(failing) as unknown as Ways

function madeOf(ways: Ways, sentence: Sentence): Matter[] {
  return ways.filter(([, statements]) => statements.some((way) => makes(way, [sentence]))).map(([matter]) => matter)
}

/** What a sentence is about; a guess and a question count here, but never for what fails. */
export function mattersOf(sentence: Sentence): Spoken[] {
  const about = madeOf(spokenWays, sentence).map((matter): Spoken => ({ matter, is: 'spoken-of' }))
  if (sentence.mood !== 'told') return about
  return [...about, ...madeOf(failingWays, sentence).map((matter): Spoken => ({ matter, is: 'failing' }))]
}
