import { shows } from '../told-facts.ts'
import { type Inquiry, inquiry } from './inquiry.ts'

/** What is seen from the side of the server, or of its files. */
export const ofBroker: readonly Inquiry[] = [
  inquiry(
    {
      id: 'port',
      effort: 2,
      topic: 'port',
      words: 'does a computer reach the port: openssl s_client -connect HOST:8883?',
    },
    {
      yes: shows('port-open'),
      'refused, or no answer': shows('port-closed'),
      'the name is not found': shows('name-not-resolved'),
    },
  ),
  inquiry(
    {
      id: 'served-chain',
      effort: 3,
      topic: 'served-chain',
      special: true,
      words:
        'with the root that the device holds, how does it end: openssl s_client -connect HOST:8883 -CAfile ROOT.crt -verify_hostname HOST?',
    },
    {
      'Verify return code: 0': '',
      '19 or 20: another root, or an intermediate is missing': shows('root-not-the-issuer'),
      '10: expired': shows('server-changed'),
      '62: the name does not fit': shows('name-not-in-certificate'),
    },
  ),
  inquiry(
    {
      id: 'files',
      effort: 3,
      topic: 'files',
      special: true,
      words:
        'do these print the same: openssl x509 -in device.crt -noout -pubkey, and openssl pkey -in device.key -pubout?',
    },
    { yes: '', no: shows('pair-does-not-fit'), 'one of them cannot be read': shows('no-valid-content') },
  ),
  inquiry(
    { id: 'broker', effort: 3, topic: 'broker-log', words: "what does the broker's log say at that second?" },
    {
      'alert unknown ca, or certificate unknown': 'broker: SSL routines::tlsv1 alert unknown ca',
      'certificate verify failed': 'broker: SSL routines::certificate verify failed',
      'peer did not return a certificate': 'broker: SSL routines::peer did not return a certificate',
      'not authorised, or closed without CONNACK': 'broker: Client x disconnected: not authorised.',
      'nothing at all': '',
    },
  ),
]
