/** Something about what the user handed in. An `error` stops everything before the board is touched. */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'note'
  /** Stable, for machines. */
  readonly code: string
  /** Where: a file, a flag, `manifest.yaml:7`. */
  readonly where: string
  /** What is so. */
  readonly text: string
  /** What to do or type about it. */
  readonly next?: string
}

/** Whether any of them is an error. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error')
}
