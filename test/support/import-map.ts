import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** Conditions of package.json that a browser fulfils, as bundlers name them. */
const conditions = ['browser', 'module', 'import', 'default'] as const

interface Manifest {
  readonly main?: string
  readonly module?: string
  readonly exports?: unknown
}

/** The map that lets a browser load these modules as they are, each bare name with its address below `root`. */
export function importMap(root: string, entries: readonly string[]): Record<string, string> {
  const map: Record<string, string> = {}
  const seen = new Set<string>()
  const visit = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    for (const [, to = ''] of readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"\n]+)['"]/g)) {
      const bare = !to.startsWith('.')
      const found = bare ? entryOf(join(root, 'node_modules'), to) : wholePath(resolve(dirname(file), to))
      if (found === undefined) continue
      if (bare) map[to] = `/${relative(root, found)}`
      visit(found)
    }
  }
  for (const entry of entries) visit(entry)
  return map
}

/** The file that a path means which may lack its ending, as older packages write it. */
export function wholePath(path: string): string | undefined {
  return [path, `${path}.js`, join(path, 'index.js')].find((file) => existsSync(file) && statSync(file).isFile())
}

function entryOf(modules: string, name: string): string | undefined {
  const parts = name.split('/')
  const length = name.startsWith('@') ? 2 : 1
  const folder = join(modules, ...parts.slice(0, length))
  const inside = ['.', ...parts.slice(length)].join('/')
  if (!existsSync(join(folder, 'package.json'))) return undefined
  const { main, module, exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const named = exports === undefined ? undefined : chosen((exports as Record<string, unknown>)[inside] ?? exports)
  const own = inside === '.' ? (module ?? main ?? 'index.js') : inside
  return wholePath(join(folder, named ?? own))
}

function chosen(target: unknown): string | undefined {
  if (typeof target === 'string') return target
  if (typeof target !== 'object' || target === null) return undefined
  const record = target as Record<string, unknown>
  return conditions.map((name) => chosen(record[name])).find((path) => path !== undefined)
}
