import { type Command, noAnswer, setForm } from '../command.ts'
import { fields, int, optional } from '../syntax.ts'

/** `AT%XPOFWARN=1,30`: warns below so many tenths of a volt, 30 to 33; 0 switches it off (POW-05). */
export const xpofwarn: Command<{ on: number; threshold?: number }, void> = {
  name: '%XPOFWARN',
  doc: 'The power-off warning. AT reference: mobile termination, %XPOFWARN.',
  request: setForm(fields({ on: int(0, 1), threshold: optional(int(30, 33)) })),
  answer: noAnswer,
}
