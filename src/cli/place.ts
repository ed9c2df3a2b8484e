/** A place on a network, as somebody types it: `8883`, `broker.example.com`, `127.0.0.1:8883`, `[::1]:8883`. */
export interface Place {
  readonly host?: string
  readonly port?: number
}

/** Reads a place; undefined where it is none. A name needs no port here, and a port no name: the verb knows what it needs. */
export function readPlace(text: string): Place | undefined {
  const [, host, digits] = /^(?:(\[[\da-f:.]+\]|(?!\d+$)[a-z\d][\w.-]*)(?::(?=\d)|$))?(\d{1,5})?$/i.exec(text) ?? []
  const port = digits === undefined ? undefined : Number(digits)
  if ((host ?? port) === undefined || (port ?? 0) > 65_535) return undefined
  const name = host?.replace(/^\[(.*)\]$/, '$1')
  return { ...(name !== undefined && { host: name }), ...(port !== undefined && { port }) }
}

/** A place as it is typed. */
export function placeWords(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}
