import { type SignEntry, signTable } from './sign.ts'

const told = (words: string): SignEntry => ({ words, patterns: [] })

/** Where it fails, as people tell it, and no more than that: no line of a program says so. */
export const troubleSigns = signTable(/(?!)/, {
  'trouble-with-sim': told('there is trouble with the SIM'),
  'trouble-with-bearer': told('there is trouble with the data connection'),
  'trouble-with-tls': told('TLS fails'),
  'certificate-not-accepted': told('a certificate is not accepted'),
  'trouble-with-server': told('the server is not reached'),
  'trouble-with-session': told('the session ends'),
  'trouble-with-messages': told('messages do not get through'),
  'trouble-with-modem': told('the modem does not do what it should'),
  'trouble-with-application': told('the application crashes or stops'),
  'trouble-with-serial': told('there is trouble on the serial path'),
  'trouble-with-write': told('a credential cannot be written'),
  'trouble-with-download': told('a download fails'),
  'trouble-with-image': told('there is trouble since an image was written'),
  'no-check-cures': told('without a check of the certificate it works'),
  'nothing-changed': told('nobody touched it'),
  'own-board': told('the board is of an own design'),
})
