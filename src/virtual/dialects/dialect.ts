/** What may stand between a port and a modem, by the names that `--dialect` takes. */
export const dialectNames = ['at-host', 'shell', 'serial-modem'] as const

export type DialectName = (typeof dialectNames)[number]

/** What has been typed and not yet been carried out. */
export interface FrontLine {
  readonly text: string
  /** Whether a double quote is open in it. */
  readonly quoted: boolean
  /** Whether something of it did not fit. */
  readonly cut: boolean
  /** Whether what is typed is typed back. */
  readonly echo: boolean
  /** The line end that came last, so that CR LF is one. */
  readonly lastEnd: string
}

/** Nothing typed. */
export const emptyLine: FrontLine = { text: '', quoted: false, cut: false, echo: false, lastEnd: '' }

/** What one received character leads to: what is typed back, and what is to be done. */
export interface Typed {
  readonly line: FrontLine
  readonly say?: string
  /** For the modem, or for the application itself, which answers without it. */
  readonly order?: { readonly to: 'modem' | 'application'; readonly text: string }
}

/** One way of talking to a modem: data, and a small state machine. */
export interface Front {
  readonly name: DialectName
  readonly start: FrontLine
  /** What is printed when the board starts. */
  readonly greeting: string
  /** So many bytes are kept while a command is carried out; the rest is lost. */
  readonly keeps: number
  type(line: FrontLine, character: string): Typed
  /** The modem's answer, as it is printed. */
  answer(text: string): string
  /** A notification (a line without its end) as it is printed over what is being typed; nothing where it is not printed at all. */
  notice(text: string, waiting: FrontLine): string
  /** What the application answers by itself. */
  own(text: string): string | Promise<string>
}
