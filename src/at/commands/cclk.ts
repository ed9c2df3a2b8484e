import type { Instant } from '../../terms/index.ts'
import { type Command, information, noAnswer, readForm, setForm } from '../command.ts'
import { type Codec, fields, int, optional, type Param, quoted, syntaxError } from '../syntax.ts'

/** What a modem's clock says. */
export interface ModemTime {
  /** To the second. */
  at: Instant
  /** Quarters of an hour between local time and UTC, -48 to 48. */
  zone: number
}

const shape = /^(\d\d)\/(\d\d)\/(\d\d),(\d\d):(\d\d):(\d\d)([+-]\d\d)$/
const quarter = 900_000

/** `26/11/22,06:55:00+04`, which is local time (MODE-41). */
const written: Codec<ModemTime> = {
  format({ at, zone }) {
    const [year, month, day, hour, minute, second] = new Date(at + zone * quarter)
      .toISOString()
      .slice(2, 19)
      .split(/[-T:]/)
    const sign = zone < 0 ? '-' : '+'
    return `${year}/${month}/${day},${hour}:${minute}:${second}${sign}${String(Math.abs(zone)).padStart(2, '0')}`
  },
  parse(text) {
    const [, year = 0, month = 1, day = 1, hour, minute, second, zone = 0] = (shape.exec(text) ?? []).map(Number)
    const local = Date.UTC(2000 + year, month - 1, day, hour, minute, second)
    const at = local - zone * quarter
    if (!shape.test(text) || Math.abs(zone) > 48) throw syntaxError('a time yy/MM/dd,hh:mm:ss±zz', text)
    const value = { at, zone: zone === 0 ? 0 : zone }
    // A thirty-first of February becomes another day: then it was no time.
    if (written.format(value).slice(0, 17) !== text.slice(0, 17)) throw syntaxError('a time that exists', text)
    return value
  },
}

const time: Param<ModemTime> = {
  format: (value) => quoted.format(written.format(value)),
  parse: (text) => written.parse(quoted.parse(text)),
}

const both = fields({ time, summer: optional(int(0, 2)) })

/** `AT+CCLK?`; refused until the modem knows the time (MODE-42). */
export const cclkRead: Command<void, ModemTime> = {
  name: '+CCLK',
  doc: 'The clock. AT reference: mobile termination, +CCLK.',
  request: readForm,
  answer: information('+CCLK', time),
}

/** `AT+CCLK="26/11/22,06:55:00+04"`: sets it. */
export const cclkSet: Command<{ time: ModemTime }, void> = {
  name: '+CCLK',
  doc: 'Sets the clock.',
  request: setForm(fields({ time })),
  answer: noAnswer,
}

/** `AT%CCLK?`: the same with hours of summer time behind it, where they are known (MODE-49). */
export const nordicClockRead: Command<void, { time: ModemTime; summer?: number }> = {
  name: '%CCLK',
  doc: 'The clock with summer time. AT reference: mobile termination, %CCLK.',
  request: readForm,
  answer: information('%CCLK', both),
}

/** `AT%CCLK="26/11/22,06:55:00+04",0` */
export const nordicClockSet: Command<{ time: ModemTime; summer?: number }, void> = {
  name: '%CCLK',
  doc: 'Sets the clock and summer time.',
  request: setForm(both),
  answer: noAnswer,
}
