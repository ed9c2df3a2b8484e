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
