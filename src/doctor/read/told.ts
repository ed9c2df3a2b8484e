import type { FactValues } from '../facts.ts'
import type { Tell } from '../ledger.ts'
import { noEnd, type Reader } from './line.ts'

const span = '(?:\\w{1,12}[- ]){0,4}(?:days?|weeks?|months?|years?)'
/** Up to sixty characters without a word that turns the statement round. */
const stretch = "(?:(?!\\b(?:no|not|never|nothing|only)\\b|n't).){0,60}"
type What = FactValues['history']['what']
type Event = FactValues['power']['event']

const histories: readonly (readonly [What, RegExp])[] = [
  [
    'worked-before',
    new RegExp(
      `\\b(?:work(?:ed|ing)?|ran|running|fine|stable|unchanged|online|connected)\\b.{0,24}\\bfor ${span}\\b`,
      'i',
    ),
  ],
  [
    'worked-before',
    /\b(?:used to (?:work|connect)|worked (?:before|until|fine|first)|no longer connects?|stopped (?:working|connecting))\b/i,
  ],
  [
    'rewrite-cures',
    new RegExp(
      `\\bafter (?:(?:re-?)?(?:writing|provisioning)|re-?running)${stretch}\\b(?:connects?|works?|online)\\b`,
      'i',
    ),
  ],
  [
    'rewrite-cures',
    /\b(?:works?|working|connects?|online|fine|well) again\b.{0,40}\bre-?(?:wrote|writ|provision|install)\w*.{0,40}\b(?:cert|cred|key|CA\b)/i,
  ],
  [
    'rewrite-cures',
    /\bre-?(?:wrote|writ|provision|install)\w*.{0,60}\b(?:cert|cred|key|CA\b).{0,60}\b(?:works?|working|connects?|online) again\b/i,
  ],
  ['rewrite-cures', /\bre-?(?:writing|provisioning)\b.{0,60}\b(?:cures?|fix(?:es|ed)|helps?|works?)\b/i],
  [
    'many-at-once',
    /\b(?:all|every|many)\b.{0,16}\b(?:devices?|boards?|clients?|units?|trackers?|gateways?|nodes?|sensors?|loggers?|meters?|ESP\d+s?|customers?|installations?|sites?)\b.{0,40}\b(?:silent|dark|offline|dead|gone)\b|\b(?:all|every|many)\b.{0,24}\b(?:devices?|boards?|clients?|units?|connections?)\b.{0,60}\b(?:at once|same (?:time|day)|simultaneously|no longer|quit|fail|stopped|lost|refused|is shut|are shut)/i,
  ],
  [
    'writes-at-boot',
    /\b(?:every|each) (?:boot|(?:re)?start|reset|power-?up|wake-?up)\b.{0,80}\b(?:re-?)?(?:writ|provision|refresh|stor|sav)\w*.{0,60}\b(?:CA|cert\w*|keys?|credentials?|tags?|PEMs?)\b|\b(?:refresh|re-?writ|re-?provision|delet)\w*.{0,60}\b(?:CA|cert\w*|keys?|credentials?)\b.{0,60}\b(?:at|on|in|during) (?:every |each |early )?(?:boot|start-?up)\b/i,
  ],
  [
    'many-at-once',
    /\b(?:online|connected|active) (?:devices|units|boards|clients|trackers|sensors|nodes)\b.{0,20}\d[\d,.]{1,8}\s*(?:->|→|to|down to)\s*\d/i,
  ],
  ['writes-at-boot', /\bwrit(?:es?|ten|ing)\b.{0,50}\b(?:at|on) (?:every|each) (?:boot|start|reset|power-?up)/i],
]

const powers: readonly (readonly [Event, RegExp])[] = [
  ['brown-out', /\bbrown-?\s?out|\bunder-?voltage|\bPOFWARN\b/i],
  [
    'battery-empty',
    /\b(?:batter(?:y|ies)|cells?|accus?|accumulators?)\b.{0,40}\b(?:ran|run|went|was|were|is|got)?\s*(?:empty|flat|dead|exhausted|drained|flat|depleted|discharged|run down|died)|\bran out of (?:power|battery|juice)\b|\b(?:fully|deep(?:ly)?|completely) (?:discharged|drained)|\b(?:ran|run|runs|went|goes|gone) flat\b|\bbattery (?:exhaustion|depletion)|\b(?:ran|run) (?:the|its|their) batter(?:y|ies) (?:down|flat|empty)\b/i,
  ],
  [
    'battery-low',
    /\bbatter(?:y|ies)\b.{0,20}\b[12][.,]\d+ ?V\b|\b(?:low|weak) batter(?:y|ies)|\bbattery (?:low|at \d{1,2} ?%)/i,
  ],
  [
    'power-cut',
    /\bpower (?:cut|loss|failure|fail|outage|interruption|event)|\b(?:mains|electricity|grid)\b.{0,20}\b(?:failed|fails|failure|out|gone|lost|off)\b|\blost power|\bpower was (?:cut|removed|lost)|\b(?:pull\w*|yank\w*|tak\w+ out|remov\w+|unplug\w*)\b.{0,24}\bbatter(?:y|ies)\b/i,
  ],
]

/** Words that turn a statement round, close before it. */
const denial = /\b(?:no|not|never|without|neither|nor|isn't|wasn't)\b[^.;,]{0,24}$/i

/** What people, and boot messages, tell of how it came about. */
export function toldReader(tell: Tell): Reader {
  return {
    line(line) {
      const stated = (pattern: RegExp): boolean => {
        const found = pattern.exec(line.text)
        return found !== null && !denial.test(line.text.slice(0, found.index))
      }
      for (const [what, pattern] of histories) if (stated(pattern)) tell(line, 'history', { what })
      for (const [event, pattern] of powers) if (stated(pattern)) tell(line, 'power', { event })
    },
    end: noEnd,
  }
}
