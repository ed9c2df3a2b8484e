import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, relative } from 'node:path'
import { wholePath } from './import-map.ts'

/** A server of files on the loopback. */
export interface StaticServer {
  readonly address: string
  close(): Promise<void>
}

const kinds: Record<string, string> = { '': 'text/html', '.html': 'text/html', '.json': 'application/json' }

/** Serves the files of a folder, and these pages; a path that lacks its ending leads to the file that it means. */
export async function serveFiles(root: string, pages: Readonly<Record<string, string>>): Promise<StaticServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const page = pages[pathname]
    const file = page === undefined ? wholePath(join(root, pathname)) : undefined
    if (page === undefined && file === undefined) return void response.writeHead(404).end()
    // A module finds its neighbours by its own address.
    const own = file === undefined ? pathname : `/${relative(root, file)}`
    if (own !== pathname) return void response.writeHead(302, { location: own }).end()
    response.setHeader('content-type', `${kinds[extname(own)] ?? 'text/javascript'}; charset=utf-8`)
    response.end(page ?? readFileSync(file ?? ''))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
