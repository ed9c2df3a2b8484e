import { type Command, information, noAnswer, readForm, setForm } from '../command.ts'
import { fields, int, optional, quoted, tail } from '../syntax.ts'

const stat = int(0, 99)
const place = { tac: optional(quoted), cell: optional(quoted), technology: optional(int(0, 15)), more: tail }

/** Registration: how much is notified, and where things stand (0 not registered, 1 home, 2 searching, 5 roaming, 90 SIM failure). */
export interface Registration {
  level: number
  stat: number
  tac?: string
  cell?: string
  technology?: number
  /** Reject causes and power saving timers, as they stand (MODE-29, MODE-33). */
  more?: string[]
}

/** `AT+CEREG?`. The line begins with the level, which tells it from the notification of the same name. */
export const ceregRead: Command<void, Registration> = {
  name: '+CEREG',
  doc: 'Registration and its subscription. AT reference: network services, +CEREG.',
  request: readForm,
  answer: information('+CEREG', fields({ level: int(0, 5), stat, ...place })),
}

/** `AT+CEREG=2`: subscribes to notifications; 0 ends it. */
export const ceregSet: Command<{ level: number }, void> = {
  name: '+CEREG',
  doc: 'Subscribes to registration changes.',
  request: setForm(fields({ level: int(0, 5) })),
  answer: noAnswer,
}

/** The notification `+CEREG: 1,"002F","0012BEEF",7`. */
export const ceregNotice = information('+CEREG', fields({ stat, ...place }))
