import type { Command } from '../at/index.ts'

/** Any command line, as a person types it: whatever comes before the final result is its answer. */
export const anything: Command<string, void> = {
  name: '',
  doc: 'A line as it was typed.',
  request: { format: (text) => text.replace(/^\s*at/i, ''), parse: (text) => text },
  answer: { claims: () => false, format: () => '', parse: () => {} },
  patience: 60_000,
}
