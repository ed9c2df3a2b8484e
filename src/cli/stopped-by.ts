/** Who ended the command, by the reason of its signal: a service manager, CI and `timeout` send others than Ctrl-C does. */
export function stoppedBy({ reason }: AbortSignal): string {
  return stoppedByName(reason instanceof Error ? reason.message : '')
}

/** The same by the signal's name. */
export function stoppedByName(name: string): string {
  if (name === 'SIGINT') return 'somebody pressed Ctrl-C'
  if (name === 'SIGTERM') return 'something told it to end (SIGTERM): a service manager, CI, timeout or kill'
  if (name === 'SIGHUP') return 'its terminal or connection went away (SIGHUP)'
  return interruptedSomehow
}

/** Where nobody says which signal it was. */
export const interruptedSomehow = 'it was interrupted, by Ctrl-C or from outside'
