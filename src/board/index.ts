export { VirtualBoard } from './board.ts'
export type { Build, Libc, SocketError } from './errno.ts'
export { connectError, errnoOf } from './errno.ts'
export type { Battery, BoardProfile, Habits } from './habits.ts'
export { boardProfile, boardProfiles } from './habits.ts'
export type { Led } from './led.ts'
export { ledTable } from './led.ts'
export type { MqttFailure, MqttMessage, MqttOrder } from './mqtt.ts'
export { MqttSession } from './mqtt.ts'
export type { BoardNetwork, Retry, SmsMessage, VirtualBoardOptions } from './options.ts'
export type { SerialModemWorld } from './serial-modem.ts'
export { serialModemMqtt } from './serial-modem.ts'
export type { LongReplies } from './sms.ts'
export type {
  DialOrder,
  TlsConnection,
  TlsEnding,
  TlsFailure,
  TlsMaterial,
  TlsProfile,
  TlsReason,
  TlsStage,
} from './tls/index.ts'
export { alert, cbcProfile, dial, gcmProfile } from './tls/index.ts'
