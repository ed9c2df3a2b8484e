import type { Setting } from './dossier.ts'

/** Three generations of SDK, each with firmware lines that it goes with. */
export const settings: readonly Setting[] = [
  { mfw: '1.0.0', sdk: '1.0.0', libc: 'minimal' },
  { mfw: '1.0.1', sdk: '1.1.0', libc: 'minimal' },
  { mfw: '1.1.4', sdk: '1.4.1', libc: 'newlib' },
  { mfw: '1.2.3', sdk: '1.5.1', libc: 'newlib' },
  { mfw: '1.3.1', sdk: '1.7.0', libc: 'newlib' },
  { mfw: '1.3.1', sdk: '1.9.1', libc: 'newlib' },
  { mfw: '1.3.2', sdk: '1.9.1', libc: 'newlib' },
  { mfw: '1.3.5', sdk: '2.4.0', libc: 'newlib' },
  { mfw: '1.3.7', sdk: '2.7.0', libc: 'newlib' },
  { mfw: '2.0.0', sdk: '2.6.0', libc: 'newlib' },
  { mfw: '2.0.2', sdk: '2.7.0', libc: 'newlib' },
  { mfw: '2.0.4', sdk: '2.9.0', libc: 'newlib' },
]
