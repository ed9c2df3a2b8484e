import type { Dossier, Piece } from './dossier.ts'
import { seeded } from './random.ts'

const lost = 0.15
const swapped = 0.1
const noisy = 0.2

/** Lines of an application that have nothing to do with its credentials. */
const noise = [
  'battery gauge: 87 %',
  'accelerometer: no motion',
  'watchdog fed',
  'GNSS: 4 satellites tracked',
  'sensor: temperature 21 C',
  'heap: 12 of 64 blocks in use',
  'uptime 86400 s',
]

/** The same dossier as it looks after a bad line and a hasty colleague: lines lost, order shuffled, noise in between. */
export function degraded(dossier: Dossier, seed: string): Dossier {
  const random = seeded(`${seed}/${dossier.template}/${dossier.setting.mfw}/${dossier.setting.sdk}`)
  const pieces = dossier.pieces.map((piece) => ({ ...piece, text: worsen(piece, random) }))
  return { ...dossier, pieces: shuffled(pieces, random) }
}

function worsen({ kind, text }: Piece, random: () => number): string {
  if (kind === 'note' || kind === 'tool') return text
  // A question and its answer stay together: who answers is part of what was heard.
  const parts = kind === 'log' || kind === 'broker' ? text.split('\n') : exchanges(text)
  const kept = parts.filter(() => random() >= lost)
  const mixed = swapNeighbours(kept, random)
  if (kind !== 'log') return mixed.join('\n')
  return mixed.flatMap((line) => (random() < noisy ? [line, pick(noise, random)] : [line])).join('\n')
}

function exchanges(text: string): string[] {
  return text.split(/\n(?=(?:> )?AT)/)
}

function swapNeighbours(lines: readonly string[], random: () => number): string[] {
  const mixed = [...lines]
  for (let at = 1; at < mixed.length; at++)
    if (random() < swapped) [mixed[at - 1], mixed[at]] = [mixed[at] ?? '', mixed[at - 1] ?? '']
  return mixed
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, by: random() }))
    .sort((a, b) => a.by - b.by)
    .map(({ item }) => item)
}

function pick<T>(items: readonly T[], random: () => number): T {
  return items[Math.floor(random() * items.length)] as T
}
