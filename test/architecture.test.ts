import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../src', import.meta.url))

/** The table of arrows: what each room may import, of ours and of others. The order is that of ARCHITECTURE.md. */
const rooms: Record<string, { pure: boolean; rooms: string[]; packages: string[] }> = {
  terms: { pure: true, rooms: [], packages: [] },
  numbers: { pure: true, rooms: ['terms'], packages: [] },
  at: { pure: true, rooms: ['terms', 'numbers'], packages: [] },
  pki: { pure: true, rooms: ['terms'], packages: ['@noble/hashes', '@peculiar/x509', 'reflect-metadata'] },
  identity: { pure: true, rooms: ['terms', 'pki'], packages: ['cborg', '@noble/curves', '@noble/hashes'] },
  modem: { pure: true, rooms: ['terms', 'numbers', 'at', 'pki'], packages: [] },
  plan: { pure: true, rooms: ['terms', 'numbers', 'pki', 'identity', 'modem'], packages: ['yaml'] },
  doctor: { pure: true, rooms: ['terms', 'numbers', 'at', 'pki', 'plan'], packages: [] },
  virtual: {
    pure: true,
    rooms: ['terms', 'numbers', 'at', 'pki', 'identity'],
    packages: ['cborg', '@noble/curves', '@noble/hashes'],
  },
  tls: { pure: false, rooms: ['terms', 'virtual'], packages: [] },
  board: { pure: false, rooms: ['terms', 'numbers', 'at', 'virtual', 'tls'], packages: ['mqtt-packet'] },
  port: { pure: false, rooms: ['terms', 'at', 'virtual'], packages: ['serialport', '@lydell/node-pty'] },
  probe: { pure: false, rooms: ['terms', 'numbers'], packages: ['nrf-intel-hex'] },
  broker: { pure: false, rooms: ['terms', 'numbers', 'at', 'pki', 'tls'], packages: ['aedes', 'mqtt-packet'] },
  cli: {
    pure: false,
    rooms: [
      'terms',
      'numbers',
      'at',
      'pki',
      'identity',
      'modem',
      'plan',
      'doctor',
      'virtual',
      'tls',
      'board',
      'port',
      'probe',
      'broker',
    ],
    packages: ['commander', '@peculiar/x509', 'reflect-metadata'],
  },
}

/** Rooms of which only the types may be used, with the reason. */
const typesOnly: [from: string, to: string, why: string][] = [
  ['plan', 'modem', 'a plan is made without a modem'],
  ['doctor', 'plan', 'a judgement needs no plan'],
  ['tls', 'virtual', 'what a store holds for a connection, and nothing else of the modem'],
]

interface Import {
  file: string
  room: string
  to: string
  typeOnly: boolean
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join(root, name))

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8')
  const room = relative(root, file).split('/')[0] ?? ''
  const statements = text.matchAll(
    /^(?:import|export)\s+(type\s)?([^'"]*?)from\s+['"]([^'"]+)['"]|^import\s+()()['"]([^'"]+)['"]|(?<![.\w])import\((?:)()()['"]([^'"]+)['"]\)/gms,
  )
  return [...statements].map((match) => {
    const names = match[2] ?? ''
    const everyNameIsType =
      /^\s*\{[^}]*\}\s*$/.test(names) &&
      names
        .replace(/[{}]/g, '')
        .split(',')
        .filter((name) => name.trim() !== '')
        .every((name) => name.trim().startsWith('type '))
    return {
      file: relative(root, file),
      room,
      to: match[3] ?? match[6] ?? match[9] ?? '',
      typeOnly: match[1] !== undefined || everyNameIsType,
    }
  })
}

const imports = files.flatMap(importsOf)

function target(found: Import): string | undefined {
  return found.to.startsWith('.') ? relative(root, resolve(root, dirname(found.file), found.to)) : undefined
}

const crossing = imports.flatMap((found) => {
  const path = target(found)
  const to = path?.split('/')[0]
  return path !== undefined && to !== undefined && to !== found.room && !path.startsWith('..')
    ? [{ ...found, path, toRoom: to }]
    : []
})

test('the search for imports sees every form of them', () => {
  expect(imports.length).toBeGreaterThan(300)
  expect(imports.some((found) => found.to === 'serialport')).toBe(true)
  expect(imports.some((found) => found.to === 'reflect-metadata')).toBe(true)
  expect(crossing.length).toBeGreaterThan(80)
})

test('every room stands in the table', () => {
  const found = new Set(files.map((file) => relative(root, file).split('/')[0] ?? ''))
  expect([...found].filter((room) => !(room in rooms))).toEqual([])
})

test('rooms import only the rooms above them, as the table says', () => {
  const order = Object.keys(rooms)
  for (const [room, { rooms: allowed }] of Object.entries(rooms)) {
    for (const other of allowed)
      expect(order.indexOf(other), `${room} may use ${other}, which must stand above it`).toBeLessThan(
        order.indexOf(room),
      )
  }
  const wrong = crossing.filter((found) => !rooms[found.room]?.rooms.includes(found.toRoom))
  expect(wrong.map((found) => `${found.file} → ${found.path}`)).toEqual([])
})

test('rooms are entered through their index.ts', () => {
  const wrong = crossing.filter((found) => found.path !== `${found.toRoom}/index.ts`)
  expect(wrong.map((found) => `${found.file} → ${found.path}`)).toEqual([])
})

test.each(typesOnly)('%s uses only types of %s: %s', (from, to) => {
  const wrong = crossing.filter((found) => found.room === from && found.toRoom === to && !found.typeOnly)
  expect(wrong.map((found) => found.file)).toEqual([])
})

test('packages are imported only by the rooms that the table names', () => {
  const wrong = imports.filter((found) => {
    if (found.to.startsWith('.') || found.to.startsWith('node:') || found.to.includes('${')) return false
    const name = found.to
      .split('/')
      .slice(0, found.to.startsWith('@') ? 2 : 1)
      .join('/')
    return !rooms[found.room]?.packages.includes(name)
  })
  expect(wrong.map((found) => `${found.file} → ${found.to}`)).toEqual([])
})

test('pure rooms import nothing of Node', () => {
  const wrong = imports.filter((found) => rooms[found.room]?.pure && found.to.startsWith('node:'))
  expect(wrong.map((found) => `${found.file} → ${found.to}`)).toEqual([])
})

test('there is no import cycle between files', () => {
  const graph = new Map<string, string[]>()
  for (const found of imports) {
    const path = target(found)
    // Also for types only, and also where it is loaded later: a circle is a circle.
    if (path !== undefined) graph.set(found.file, [...(graph.get(found.file) ?? []), path])
  }
  const done = new Set<string>()
  const visit = (file: string, trail: string[]): void => {
    if (trail.includes(file)) throw new Error(`cycle: ${[...trail.slice(trail.indexOf(file)), file].join(' → ')}`)
    if (done.has(file)) return
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file])
    done.add(file)
  }
  for (const file of graph.keys()) visit(file, [])
})

test('index.ts files are lists of names, never export *', () => {
  const wrong = files.filter((file) => file.endsWith('index.ts') && /^export \* from/m.test(readFileSync(file, 'utf8')))
  expect(wrong).toEqual([])
})

test('no source file has more than 300 lines, but for tables', () => {
  const tables = new Set(['numbers/result-codes.ts'])
  const long = files
    .map((file) => [relative(root, file), readFileSync(file, 'utf8').split('\n').length] as const)
    .filter(([name, lines]) => lines > 300 && !tables.has(name))
  expect(long).toEqual([])
})

test('the one clever file stays under 150 lines', () => {
  expect(readFileSync(join(root, 'at/syntax.ts'), 'utf8').split('\n').length).toBeLessThan(150)
})

test('the type any stands nowhere, and no file is called utils, helpers or common', () => {
  const withAny = files.filter((file) => /(?::|<|\bas) any\b/.test(readFileSync(file, 'utf8')))
  expect(withAny).toEqual([])
  expect(files.filter((file) => /\b(?:utils?|helpers?|common|misc)\.ts$/.test(file))).toEqual([])
})
