import type { Libc } from './errno.ts'

/** What an application does beside its work. What is left out it does not do. */
export interface Habits {
  /** At each start it lists its tag; what is missing it shows by its light and tells by SMS (LOSS-52). */
  readonly bootCheck?: { readonly tells: string }
  /** At each start it writes these, whether they are there or not (LOSS-43, LOSS-50). */
  readonly rewrites?: readonly { readonly tag: number; readonly type: number; readonly text: string }[]
  /** It makes contact every so many milliseconds, stays for some of them, and is in flight mode in between (MODE-21). */
  readonly sleeps?: { readonly every: number; readonly awake: number }
}

/** A battery, in millivolt: what it gives at rest, by how much it falls while memory is written, and below which all stops. */
export interface Battery {
  level: number
  sag: number
  brownOut: number
}

/** A kind of board: what it was built with, and what it does. */
export interface BoardProfile {
  readonly name: string
  readonly words: string
  readonly sdk: string
  readonly libc: Libc
  readonly habits: Habits
}

const day = 86_400_000

/** The kinds of boards that there are, oldest SDK first. */
export const boardProfiles: readonly BoardProfile[] = [
  { name: 'founding', words: 'the boards of the founding case', sdk: '1.0.0', libc: 'minimal', habits: {} },
  {
    name: 'rewriter',
    words: 'rewrites two tags at every start, and loses a third one on a dying battery (LOSS-43)',
    sdk: '1.3.0',
    libc: 'newlib',
    habits: {
      rewrites: [
        { tag: 51, type: 4, text: 'profile-a' },
        { tag: 52, type: 4, text: 'profile-b' },
      ],
    },
  },
  {
    name: 'watchful',
    words: 'looks at its credentials at every start, and says by light and SMS what is missing',
    sdk: '2.6.0',
    libc: 'newlib',
    habits: { bootCheck: { tells: '+491700000000' } },
  },
  {
    name: 'sleeper',
    words: 'makes contact once a day, for ten minutes',
    sdk: '2.9.0',
    libc: 'newlib',
    habits: { sleeps: { every: day, awake: 600_000 } },
  },
]

/** A profile by its name. */
export function boardProfile(name: string): BoardProfile | undefined {
  return boardProfiles.find((profile) => profile.name === name)
}
