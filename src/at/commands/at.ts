import { type Command, noAnswer, plainForm } from '../command.ts'

/** `AT`: does nothing, answers `OK` (AT-01). */
export const at: Command<void, void> = {
  name: '',
  doc: 'Does nothing; says that somebody answers. 3GPP 27.007, V.250.',
  request: plainForm,
  answer: noAnswer,
  patience: 1000,
}
