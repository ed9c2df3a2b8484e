/** Short forms, and what they stand for. */
const shortForms: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u00b4`]/g, "'"],
  [/\b(?:can't|cannot|cant)\b/g, 'can not'],
  [/\bwon't\b/g, 'will not'],
  [/\b(do|does|did|is|are|was|were|has|have|had|could|would|should)(?:n't|nt)\b/g, '$1 not'],
  [/\b(?:e\.g|i\.e|approx|etc|vs|resp)\./g, ''],
  [/\b(?:micro ?)?sd[- ]cards?\b/g, 'sdcard'],
  // Names of tools and boards that have words of other things in them.
  [/\b(?:lte|cellular) (?:link )?monitor\b/g, 'linkmonitor'],
  [/\bserial[ _-]lte[ _-]modem\b/g, 'serialmodem'],
  [/\b(?:dk|nrf9\d{3}dk|development|dev|evaluation) card\b/g, 'board'],
  [/\bencrypted (connection|traffic|mqtt|communication|session)s?\b/g, 'tls $1'],
  // It is nobody's memory.
  [/\b(tls|ssl|ip|tcp|network|protocol|mqtt|modem|lte|bluetooth|ble|bt) stack\b/g, '$1'],
  // A client of that name is no broker.
  [/\bmosquitto[-_ ](sub|pub|rr)\b/g, 'mosquitto$1'],
  // A hyphen, an underscore and a slash join words of one name; behind a dot stands a file's kind or a number.
  [/(?<=[a-z0-9])[-_/](?=[a-z0-9])/g, ' '],
]

/** Where a name runs together: `clientId`. */
const camel = /(?<=[a-z])(?=[A-Z][a-z])/g

/** Java and .NET name their errors so, and nothing crashes there. */
const exception = /(?<=[A-Za-z])Exception\b/g
const token = /(?:[+%#]|-(?=\d))?[a-z0-9][a-z0-9'&]*(?:[+%#=.:@][a-z0-9?]+)*|\\+[nr]|[.,;:!?()"]|->|→|--?/g

/** American endings, so that a table needs one spelling: `initialise` → `initialize`, `authorisation` → `authorization`. */
function americanOf(word: string): string {
  if (word.length <= 6) return word
  return word.replace(/is(e[drs]?|ing|ations?)$/, 'iz$1').replace(/our(s|ed)?$/, 'or$1')
}

/** The words and the stops of a line, in lower case and in one spelling. */
export function wordsOf(text: string): string[] {
  let plain = text.replace(exception, 'Error').replace(camel, ' ').toLowerCase()
  for (const [form, full] of shortForms) plain = plain.replace(form, full)
  return (plain.match(token) ?? []).map((word) => americanOf(word.replace(/'s$/, '')))
}

/** Whether a token is a stop and no word. */
export function isStop(word: string): boolean {
  return /^[.,;:!?()"→-]/.test(word) && !/^-\d/.test(word)
}
