/**
 * A row of a table that a standard or a header lays down. What nobody checked against a device is general knowledge; the
 * facts say which rows were.
 */
export interface Sourced {
  /** The document and its section: `RFC 5246, 7.2.2`. */
  readonly source: string
  /** Rows of docs/facts that speak of it; their marks tell whether it was documented, seen, or is general knowledge. */
  readonly facts: readonly string[]
}
