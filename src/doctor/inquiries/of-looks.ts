import { shows } from '../told-facts.ts'
import { type Inquiry, inquiry } from './inquiry.ts'

/** What a look at the board or at its configuration tells. */
export const ofLooks: readonly Inquiry[] = [
  inquiry(
    { id: 'sim', effort: 2, topic: 'sim', words: 'what does AT+CPIN? answer?' },
    { '+CPIN: READY': 'AT+CPIN? -> +CPIN: READY', 'an error': 'AT+CPIN? -> +CME ERROR: 13' },
  ),
  inquiry(
    {
      id: 'registration',
      effort: 2,
      topic: 'registration',
      words: 'what does AT+CEREG? answer, as its second number?',
    },
    {
      '1 or 5: registered': 'AT+CEREG? -> +CEREG: 0,1',
      '0, 2 or 4: not registered': 'AT+CEREG? -> +CEREG: 0,2',
      '3: denied': 'AT+CEREG? -> +CEREG: 0,3',
    },
  ),
  inquiry(
    { id: 'bearer', effort: 2, topic: 'bearer', special: true, words: 'does AT+CGPADDR show an address?' },
    { yes: '', 'none, or 0.0.0.0': shows('apn-wrong') },
  ),
  inquiry(
    {
      id: 'system-mode',
      effort: 2,
      topic: 'system-mode',
      special: true,
      words: 'does the network there offer the radio that AT%XSYSTEMMODE? names: LTE-M, NB-IoT?',
    },
    { yes: '', 'only the other one': shows('one-radio-only') },
  ),
  inquiry(
    {
      id: 'supply',
      effort: 2,
      topic: 'supply',
      special: true,
      words: 'does the supply hold while the radio sends, and what feeds the board: AT%XVBAT?',
    },
    { 'it holds': 'AT%XVBAT -> %XVBAT: 3700', 'it dips, or it is that of a jig': shows('supply-weak') },
  ),
  inquiry(
    {
      id: 'tag-in-use',
      effort: 2,
      topic: 'tag-in-use',
      special: true,
      words: 'does the configuration of the application name the tag that was written?',
    },
    { yes: '', 'another one': shows('tag-not-the-one') },
  ),
  inquiry(
    {
      id: 'image',
      effort: 2,
      topic: 'image',
      special: true,
      words: 'was the right image written to the right chip: file, switch position, port?',
    },
    { yes: '', no: shows('image-written', 'wrong-target', 'dead-since') },
  ),
  inquiry(
    {
      id: 'serial-path',
      effort: 2,
      topic: 'serial-path',
      special: true,
      words: 'does the same line go through by another cable, port or speed?',
    },
    { 'yes, there it does': shows('serial-path-odd'), no: '' },
  ),
]
