import { type Command, information, plainForm } from '../command.ts'
import { fields, int, optional, quoted, tail } from '../syntax.ts'

/** What a modem knows of its network: the status alone while it is not registered (MODE-36, MODE-37). */
export interface Monitor {
  stat: number
  operator?: string
  shortName?: string
  /** Country and network codes: `26295`. */
  network?: string
  tac?: string
  /** 7 LTE-M, 9 NB-IoT. */
  technology?: number
  band?: number
  cell?: string
  physicalCell?: number
  channel?: number
  /** Indices, not decibels. */
  power?: number
  noise?: number
  /** Timers of power saving, as they stand; mfw 1.2 and later have one more. */
  timers?: string[]
}

/** `AT%XMONITOR` */
export const xmonitor: Command<void, Monitor> = {
  name: '%XMONITOR',
  doc: 'The network that the modem is in. AT reference: mobile termination, %XMONITOR.',
  request: plainForm,
  answer: information(
    '%XMONITOR',
    fields({
      stat: int(0, 99),
      operator: optional(quoted),
      shortName: optional(quoted),
      network: optional(quoted),
      tac: optional(quoted),
      technology: optional(int(0, 15)),
      band: optional(int(0, 255)),
      cell: optional(quoted),
      physicalCell: optional(int(0, 503)),
      channel: optional(int(0, 0xffff)),
      power: optional(int(0, 255)),
      noise: optional(int(0, 255)),
      timers: tail,
    }),
  ),
}
