export type { ChannelOptions, SendOptions } from './channel.ts'
export { Channel } from './channel.ts'
export type { Answer, Command } from './command.ts'
export {
  bareLine,
  commandText,
  everyLine,
  information,
  noAnswer,
  plainForm,
  readForm,
  setForm,
  splitCommand,
  testForm,
} from './command.ts'
export * as commands from './commands/index.ts'
export type { Dialect } from './dialect.ts'
export { dialectOf, dialects, typedIn } from './dialect.ts'
export type { Exchange, ExchangeInput, ExchangeStep } from './exchange.ts'
export { beginExchange, stepExchange } from './exchange.ts'
export { finalLine, finalOf } from './final.ts'
export type { Framing } from './framing.ts'
export { emptyFraming, frame, longestLine, splitLines } from './framing.ts'
export { Mailbox } from './mailbox.ts'
export type { Port, PortInfo } from './port.ts'
export { memoryCable } from './port.ts'
export type { ShellFraming } from './shell-framing.ts'
export { emptyShellFraming, expectEcho, frameShell, isShellRefusal } from './shell-framing.ts'
export * as sms from './sms/index.ts'
export type { KeyHeader } from './key-header.ts'
export { headerDigits, keyHeadersIn } from './key-header.ts'
export type { KeptLine } from './key-tail.ts'
export { KeyTail } from './key-tail.ts'
export type { Struck } from './strike.ts'
export { Striker } from './strike.ts'
export { struckMark } from './struck-mark.ts'
export type { Codec, FieldsOf, Param } from './syntax.ts'
export {
  bare,
  fields,
  fixed,
  int,
  optional,
  quoted,
  quotedBytes,
  splitParams,
  syntaxError,
} from './syntax.ts'
export type { Entry, Tap } from './transcript.ts'
export { escapeLine, formatEntry, formatTranscript, parseTranscript, unescapeLine } from './transcript.ts'
export { valueList } from './value-list.ts'
