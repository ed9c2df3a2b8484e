import type { FactoryEntry } from '../personality.ts'

/** What every modem from mfw 1.3 on leaves the factory with (CMNG-90 to CMNG-93). */
export const factoryEntries: readonly FactoryEntry[] = [
  { tag: 4_294_967_292, type: 11, digest: 'device' },
  {
    tag: 4_294_967_293,
    type: 10,
    // CMNG-91: Amazon Root CA 1, LF, last newline.
    digest: '2C43952EE9E000FF2ACC4E2ED0897C0A72AD5FA72C3D934E81741CBD54F05BD1',
  },
  { tag: 4_294_967_294, type: 6, digest: 'device' },
]
