import { type Command, information, plainForm } from '../command.ts'
import { bare } from '../syntax.ts'

/** `AT%HWVERSION`: `nRF9160 SICA B0A`; tells the revision of the chip, and with it how far its firmware may go (ID-52). */
export const hwversion: Command<void, string> = {
  name: '%HWVERSION',
  doc: 'The hardware and its revision. AT reference: mobile termination, %HWVERSION.',
  request: plainForm,
  answer: information('%HWVERSION', bare(/^[\w -]+$/, 'a hardware name')),
}
