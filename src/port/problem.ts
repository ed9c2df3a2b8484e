/** Why a port could not be opened. */
export interface PortProblem {
  readonly code: 'unknown-address' | 'no-such-port' | 'busy' | 'permission' | 'refused' | 'failed'
  readonly address: string
  /** What happened, in words. */
  readonly text: string
  /** What most likely is behind it. */
  readonly why: string
  /** The next command to type. */
  readonly next: string
}

/** Turns the system's error into a problem. `busy` names who holds the port, where the system tells. */
export function portProblem(address: string, error: unknown, holder?: string): PortProblem {
  // The serial library puts the class of an error into its words.
  const text = (error instanceof Error ? error.message : String(error)).replace(/^Error: /, '')
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? ''
  if (/EBUSY|EAGAIN|Cannot lock|Access denied|temporarily unavailable/i.test(code + text)) return busy(address, holder)
  if (/ENOENT|No such file|File not found/i.test(code + text)) {
    return {
      code: 'no-such-port',
      address,
      text: `there is no port ${address}`,
      why: 'the board is not plugged in, or the port has another name today',
      next: /^[^/]+:\d{1,5}$/.test(address) ? `sectag info --port tcp://${address}` : 'sectag ports',
    }
  }
  if (/EACCES|EPERM|Permission denied/i.test(code + text)) {
    return {
      code: 'permission',
      address,
      text: `this user may not open ${address}`,
      why: 'on Linux, serial ports belong to the group dialout',
      next: 'sudo usermod -aG dialout $USER   # then log in again',
    }
  }
  if (/ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|ENETUNREACH/.test(code)) {
    return {
      code: 'refused',
      address,
      text: `nothing answers at ${address} (${code})`,
      why: 'the program that offers this port is not running, or host or port number is wrong',
      next: 'sectag modem --tcp 0   # offers a virtual board and prints its port',
    }
  }
  return {
    code: 'failed',
    address,
    text: `${address} cannot be opened: ${text}`,
    why: 'it is no serial port, or its driver is in trouble',
    next: 'sectag ports',
  }
}

/** A port that somebody else has open. */
export function busy(address: string, holder: string | undefined): PortProblem {
  return {
    code: 'busy',
    address,
    text: `${address} is in use${holder === undefined ? '' : ` by ${holder}`}`,
    why: 'a terminal, a monitor or another sectag has it open',
    next: holder === undefined ? `fuser -v ${address}` : 'close that program, then repeat the command',
  }
}
