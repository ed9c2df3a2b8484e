/** The firmware lines by name, oldest first: written down here and not taken from the personalities, which are what is tested. */
export const all = [
  '1.0.0',
  '1.0.1',
  '1.1.4',
  '1.2.3',
  '1.3.1',
  '1.3.2',
  '1.3.5',
  '1.3.7',
  '2.0.0',
  '2.0.2',
  '2.0.4',
] as const

type Line = (typeof all)[number]

/** This line and all later ones. */
export const from = (line: Line): readonly Line[] => all.slice(all.indexOf(line))

/** All lines before this one. */
export const below = (line: Line): readonly Line[] => all.slice(0, all.indexOf(line))

/** The lines of the nRF9160, and of nRF91x1. */
export const nrf9160 = below('2.0.0')
export const nrf91x1 = from('2.0.0')
/** Lines that print digests, and lines that print placeholders (ID-34). */
export const real = from('1.3.2')
export const placeholder = below('1.3.2')
/** Lines that make keys inside themselves, and lines that do not (ID-36). */
export const keyMakers = from('1.3.1')
export const keyless = below('1.3.1')
/** Lines that refuse writes at low supply, and lines that do not (ID-40). */
export const guarded = from('1.3.2')
export const unguarded = below('1.3.2')
/** Lines that look at the content of types 0 and 1, and lines that do not (ID-41). */
export const checking = from('2.0.2')
export const unchecking = below('2.0.2')
