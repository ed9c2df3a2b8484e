/** How a serial line is opened. What is left out stays as it is. */
export interface SerialOptions {
  /** Bits a second; 115,200 unless said (HOST-01). */
  readonly baud?: number
  /** `none` unless said: no flow control is forced on anybody. */
  readonly flow?: 'none' | 'rtscts'
  /** Modem lines, left alone unless asked. On some boards DTR or RTS is wired to reset. */
  readonly dtr?: boolean
  readonly rts?: boolean
  /** `serialport` (a native module), or `tty`, which needs none. */
  readonly backend?: 'serialport' | 'tty'
}

/** The speed of an AT host. */
export const defaultBaud = 115_200
