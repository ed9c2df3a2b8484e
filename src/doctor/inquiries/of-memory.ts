import { shows, tells } from '../told-facts.ts'
import { type Inquiry, inquiry } from './inquiry.ts'

/** What a person in front knows. */
export const ofMemory: readonly Inquiry[] = [
  inquiry(
    { id: 'changed', effort: 1, words: 'what changed before it began: SIM, network, server, firmware?' },
    {
      'the SIM': shows('sim-changed'),
      'the network or the place': shows('place-changed'),
      'the server or its certificate': shows('server-changed'),
      'the firmware of the device': shows('version-dependent'),
      'the modem firmware, to an older line': shows('downgraded'),
      'nothing; it worked for months': tells('history', { what: 'worked-before' }),
    },
  ),
  inquiry(
    { id: 'how-many', effort: 1, words: 'how many devices are concerned?' },
    { one: shows('one-unit'), 'all, since the same time': tells('history', { what: 'many-at-once' }) },
  ),
  inquiry(
    { id: 'power', effort: 1, words: 'what happened to the power before?' },
    {
      'the battery ran empty': tells('power', { event: 'battery-empty' }),
      'the power was cut, or broke down': tells('power', { event: 'power-cut' }),
      'it was reset again and again': shows('unclean-resets'),
      nothing: '',
    },
  ),
  inquiry(
    { id: 'sdk', effort: 1, topic: 'build', words: 'with which nRF Connect SDK was the application built?' },
    {
      'before 1.6': tells('sdk', { version: [1, 5, 2], from: 'said' }),
      '1.6 or 1.7': tells('sdk', { version: [1, 7, 0], from: 'said' }),
      '1.8 or later': tells('sdk', { version: [2, 6, 0], from: 'said' }),
    },
  ),
  inquiry(
    { id: 'libc', effort: 1, topic: 'build', words: 'which C library does its configuration name?' },
    {
      CONFIG_NEWLIB_LIBC: tells('libc', { libc: 'newlib' }),
      CONFIG_PICOLIBC: tells('libc', { libc: 'picolibc' }),
      "none: Zephyr's minimal one": tells('libc', { libc: 'minimal' }),
    },
  ),
]

/** Where it stops, as far as a person remembers of the log: asked where no number tells it. */
export const ofLog: Inquiry = inquiry(
  { id: 'log', effort: 1, topic: 'log', words: 'how far does the log of the application get?' },
  {
    'the modem or its library does not start': shows('library-does-not-start'),
    'it never gets into the network': shows('never-registers'),
    'the name of the broker is not resolved': shows('name-not-resolved'),
    'connecting ends after a long wait': shows('handshake-timed-out'),
    'it connects, and is thrown out again': shows('connects-and-drops'),
    'elsewhere, or there is no log': '',
  },
)
