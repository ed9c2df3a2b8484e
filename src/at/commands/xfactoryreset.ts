import { type Command, noAnswer, setForm } from '../command.ts'
import { fields, int } from '../syntax.ts'

/** `AT%XFACTORYRESET=0`: all data of the modem, 1 what users have set; credentials stay (LOSS-01, LOSS-03). After a restart (LOSS-06). */
export const xfactoryreset: Command<{ what: number }, void> = {
  name: '%XFACTORYRESET',
  doc: 'Resets what the modem keeps, credentials aside. AT reference: mobile termination, %XFACTORYRESET.',
  request: setForm(fields({ what: int(0, 1) })),
  answer: noAnswer,
}
