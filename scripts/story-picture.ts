// Draws the picture of the story: fifty boards in five acts, as `sectag demo --boards 50` plays it.
import { castFates, type Fate } from '../src/cli/demo/misfortune.ts'

/** How one board looks in one act. */
type Look = 'written' | 'pass' | 'silent' | 'empty' | 'moved' | 'sim'

interface Act {
  readonly name: string
  readonly typed: string
  readonly words: readonly string[]
  look(fate: Fate): Look
}

const boards = 50
const seed = '87138'
const [columns, step, panel, left, top] = [10, 16, 188, 12, 74] as const
const names = Array.from({ length: boards }, (_, index) => index)
const fates = castFates(names, seed)
const lost = [...fates.values()].filter((fate) => fate === 'lost-its-tag').length

const looks: Record<Fate, Look> = {
  nothing: 'pass',
  'lost-its-tag': 'empty',
  'broker-changed-its-ca': 'moved',
  'sim-died': 'sim',
}

const acts: readonly Act[] = [
  {
    name: 'Provision',
    typed: 'sectag apply',
    words: ['Half from files, half with', 'keys born inside.'],
    look: () => 'written',
  },
  {
    name: 'Prove',
    typed: 'sectag watch, verify',
    words: ['The broker saw each', 'board itself: PASS.'],
    look: () => 'pass',
  },
  {
    name: 'Lose',
    typed: 'the power fails',
    words: [`${lost + 2} do not come back:`, '-45, -111, or nothing.'],
    look: (fate) => (fate === 'nothing' ? 'pass' : 'silent'),
  },
  {
    name: 'Explain',
    typed: 'sectag doctor',
    words: [`${lost} tags are empty. 1 broker`, 'has a new CA. 1 SIM died.'],
    look: (fate) => looks[fate],
  },
  {
    name: 'Heal',
    typed: 'sectag apply',
    words: [`${lost} written, and PASS again.`, '2 rightly left alone.'],
    look: (fate) => (fate === 'lost-its-tag' ? 'pass' : looks[fate]),
  },
]

/** Shapes differ as colours do: not everybody sees colours. `x` and `y` are the middle. */
const shapes: Record<Look, (x: number, y: number) => string> = {
  written: (x, y) => `<circle class="w" cx="${x}" cy="${y}" r="5"/>`,
  pass: (x, y) => `<circle class="p" cx="${x}" cy="${y}" r="5"/>`,
  silent: (x, y) => `<circle class="s" cx="${x}" cy="${y}" r="4.5"/>`,
  empty: (x, y) => `<circle class="e" cx="${x}" cy="${y}" r="4.5"/><path class="e" d="M${x - 3} ${y + 3}l6-6"/>`,
  moved: (x, y) => `<path class="m" d="M${x} ${y - 6}l6 6-6 6-6-6z"/>`,
  sim: (x, y) => `<path class="i" d="M${x - 4.5} ${y - 4.5}h9v9h-9z"/>`,
}

const style = `
text{font:13px system-ui,sans-serif;fill:#57606a}
.h{font-weight:600;font-size:17px;fill:#1f2328}
.c{font:12px ui-monospace,monospace;fill:#0969da}
.w{fill:#8c959f}.p{fill:#1a7f37}
.s,.e{fill:none;stroke-width:1.6}.s{stroke:#cf222e}.e{stroke:#bc4c00}
.m{fill:#8250df}.i{fill:#57606a}
@media(prefers-color-scheme:dark){text{fill:#9198a1}.h{fill:#f0f6fc}.c{fill:#4493f8}.w{fill:#9198a1}
.p{fill:#3fb950}.s{stroke:#f85149}.e{stroke:#db6d28}.m{fill:#ab7df8}.i{fill:#9198a1}}`

function drawAct({ name, typed, words, look }: Act, index: number): string {
  const x = left + index * panel
  const dots = names.map((board) =>
    shapes[look(fates.get(board) ?? 'nothing')](
      x + 6 + (board % columns) * step,
      top + Math.floor(board / columns) * step,
    ),
  )
  const text = words.map((line, row) => `<text x="${x}" y="${top + 96 + row * 18}">${line}</text>`)
  return [
    `<text class="h" x="${x}" y="28">${index + 1} · ${name}</text>`,
    `<text class="c" x="${x}" y="49">${typed}</text>`,
    ...dots,
    ...text,
  ].join('\n')
}

/** The picture as SVG, light and dark. */
export function storyPicture(): string {
  const [width, height] = [left + acts.length * panel, top + 128]
  const label = acts.map(({ name, words }) => `${name}: ${words.join(' ')}`).join(' ')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">`,
    `<style>${style}</style>`,
    ...acts.map(drawAct),
    '</svg>\n',
  ].join('\n')
}
