import { bareLine, type Command, plainForm } from '../command.ts'
import { bare } from '../syntax.ts'

const words = bareLine(bare(/^[^+%#"\r\n][^"\r\n]{2,}$/, 'a name'))

/** `AT+CGMI`: `Nordic Semiconductor ASA`. */
export const cgmi: Command<void, string> = {
  name: '+CGMI',
  doc: 'The manufacturer. AT reference: mobile termination, +CGMI.',
  request: plainForm,
  answer: words,
}

/** `AT+CGMM`: `nRF9160-SICA`. */
export const cgmm: Command<void, string> = {
  name: '+CGMM',
  doc: 'The model. AT reference: mobile termination, +CGMM.',
  request: plainForm,
  answer: words,
}

/** `AT+CGMR`: `mfw_nrf9160_1.3.5`, without prefix and quotes. */
export const cgmr: Command<void, string> = {
  name: '+CGMR',
  doc: 'The modem firmware. AT reference: mobile termination, +CGMR.',
  request: plainForm,
  answer: bareLine(bare(/^[A-Za-z][\w.-]{3,}$/, 'a firmware name')),
}
