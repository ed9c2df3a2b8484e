import type { Sign } from '../../signs/tables.ts'
import { cured, does, says, type Statement } from '../statement.ts'

/** Where it fails, as people tell it. */
export const troubleStatements: Partial<Record<Sign, readonly Statement[]>> = {
  'trouble-with-sim': [does('sim', 'fails'), does('~sim', '!works')],
  'trouble-with-bearer': [does('bearer', 'fails'), does('bearer', '!works'), does('bearer', '!available'), does('apn')],
  'trouble-with-tls': [
    does('tls', 'fails'),
    does('~tls', '!works'),
    does('~tls', '!connect'),
    does('certificate', 'fails', 'connect'),
  ],
  'certificate-not-accepted': [
    does('certificate', 'verify', 'fails'),
    does('certificate', '!trusted'),
    does('~chain', '!trusted'),
  ],
  'trouble-with-server': [does('server', '!connect'), does('server', 'fails', 'connect'), does('server', '!works')],
  'trouble-with-session': [does('session', 'drops'), does('server', 'drops')],
  'trouble-with-messages': [
    does('topic', 'drops'),
    does('message', '!received'),
    does('message', 'gone'),
    does('topic', 'fails'),
    does('~topic', '!works'),
    does('~topic', '!received'),
  ],
  'trouble-with-modem': [
    does('modem', 'fails'),
    does('modem', '!works'),
    does('modem', 'hangs'),
    does('library', 'fails'),
  ],
  'trouble-with-application': [
    does('app', 'crash'),
    does('app', 'fails'),
    does('app', 'hangs'),
    does('reset', 'again'),
    does('crash'),
  ],
  'trouble-with-serial': [does('serial', 'fails'), does('serial', '!works'), does('at', 'mute'), does('at', '!works')],
  'trouble-with-write': [does('credential', 'written', 'fails'), does('credential', '!written', '-broker')],
  'trouble-with-download': [does('download', 'fails'), does('download', '!works'), does('download', 'hangs')],
  'trouble-with-image': [does('image', 'written', '!runs'), does('image', 'written', 'fails'), does('app', '!runs')],
  'no-check-cures': [cured('verify', 'inactive'), cured('insecure'), says('certificate', 'verify', 'instead', 'well')],
  'nothing-changed': [says('untouched')],
  'own-board': [does('own-board')],
}
