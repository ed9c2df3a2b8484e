/** What can break in our own program or in text that is handed to it; one page of `docs/errors.md` for each. */
export type ErrorCode = 'at-syntax' | 'pem' | 'der' | 'unfit-listener' | 'internal'

/** The one error class of the project. What the other side of a wire may say is an Outcome instead. */
export class SectagError extends Error {
  override readonly name = 'SectagError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
