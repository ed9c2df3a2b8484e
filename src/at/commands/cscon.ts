import { type Command, information, noAnswer, readForm, setForm } from '../command.ts'
import { fields, int, optional } from '../syntax.ts'

/** `AT+CSCON?` → `+CSCON: 1,0`: how much is notified, and whether a radio connection is up (MODE-52). */
export const csconRead: Command<void, { level: number; connected: number }> = {
  name: '+CSCON',
  doc: 'Whether the radio connection is up. AT reference: network services, +CSCON.',
  request: readForm,
  answer: information('+CSCON', fields({ level: int(0, 3), connected: int(0, 1) })),
}

/** `AT+CSCON=1` */
export const csconSet: Command<{ level: number }, void> = {
  name: '+CSCON',
  doc: 'Subscribes to the radio connection.',
  request: setForm(fields({ level: int(0, 3) })),
  answer: noAnswer,
}

/** The notification `+CSCON: 1`; from level 2 on with the state 7, from 3 on with the access 4 (LTE). */
export const csconNotice = information(
  '+CSCON',
  fields({ connected: int(0, 1), state: optional(int(7, 7)), access: optional(int(4, 4)) }),
)
