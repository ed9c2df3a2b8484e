/** Milliseconds that a writer may take: it starts a modem, and each item is a write to the modem's own flash. */
export function writerPatience(items: number): number {
  return 20_000 + 5000 * items
}
