import type { FactValues } from './facts.ts'

/** What a failed call printed, as the line has it: `-45`, or `EOPNOTSUPP` where it printed the name. */
export function printed({ number, name }: FactValues['failure']): string {
  return name ?? String(number)
}
