/** A value where it stands in a text, and what closes it. */
interface Value {
  readonly from: number
  readonly to: number
  readonly quoted: boolean
}

/** Names whose value is a secret, at the end of whatever stands before them: `CONFIG_MQTT_PASSWORD`, `wifiPassword`. */
const strong =
  'pass(?:word|wd|phrase|code)|(?<!\\+C)pwd|psk|secret|(?:secret|api|access|account|app|primary|sas)[ _-]?key|(?:sim|card)[ _-]?(?:pin|puk)'
/** Names that count other things too: tokens of CoAP, tests that pass. */
const weak = '(?<!%\\w{0,16})token|(?<![A-Za-z])pass|(?<=_)pw|(?<=[a-z])Pass'
const assignment = new RegExp(
  `(?:(${strong})|${weak})\\d?(?:\\.utf8)?(?:\\\\{0,8}["'\`])?\\s{0,8}(=>|->|:=|=(?![=~])|:(?!=))(\\s{0,8})`,
  'gi',
)
const defined = new RegExp(`#\\s?define\\s+\\w{0,60}(?:${strong}|token|pass)\\s+(?=")`, 'gi')
const configured = /^\s*(?:remote_password|bridge_psk)\s+/g

const quote = /(\\{0,8})(["'`])/y
/** Where an unquoted value ends: at a blank, or at a sign behind which something else begins. */
const bareEnd = /\s|[&,;](?=\s|$|[\w.-]{1,40}\s?[=:]|\\{0,8}["'])|\\{0,8}["'`](?=[\s,;})\]]|\\|$)|\\+[nr](?=\W|$)/g

function valueAt(text: string, at: number): Value {
  quote.lastIndex = at
  const opened = quote.exec(text)
  if (opened === null) {
    bareEnd.lastIndex = at
    const end = bareEnd.exec(text)?.index ?? text.length
    return { from: at, to: at + text.slice(at, end).replace(/[)}\]>.,:]{1,8}$/, '').length, quoted: false }
  }
  const from = quote.lastIndex
  const [, escapes = '', sign] = opened
  for (const { index, 1: before = '', 2: found } of text.slice(from).matchAll(/(\\{0,8})(["'`])/g))
    if (found === sign && before.length <= escapes.length) return { from, to: from + index, quoted: true }
  return { from, to: text.length, quoted: true }
}

/** What says of a value how it is, or stands in its place. */
const state =
  /^(?:%[a-z.*\d]{1,6}|\$\{.*|\$\(.*|\$[A-Z_]{3,}|<.*|\[.*|\(.*|[*x.•-]+|[yn01]|\w+\(.*|none|null|nil|undefined|empty|unset|true|false|yes|no|ok|set|wrong|bad|invalid|incorrect|missing|redacted|hidden|masked)$/i
/** Words with which prose goes on behind a colon. */
const prose =
  /^(?:accepted|again|and|auth\w*|based|broker|cannot|check|client|code|configured|connection|correct|denied|disabled|enabled|error|expired|fail\w*|file|from|given|is|len|length|loaded|must|not|only|or|protected|provided|rc|reason|refused|rejected|required|retry\w*|see|sent|server|size|stored|too|unauthori[sz]ed|unknown|unsupported|user|username|using|was|mismatch\w*|ignored|absent|present|changed|updated|verified|lost|unavailable|forbidden|timeout|timed)$/i
/** What is judged in front of a colon; behind it stands the reason. */
const judged = /\b(?:bad|wrong|invalid|incorrect|missing|unknown|rejected|refused|not|no|error|fail\w*)\b[^:=]{0,40}$/i
/** A file that holds it, as in `psk: psk.txt`. */
const fileName = /^[\w./\\-]+\.(?:txt|pem|key|hex|bin|crt|json|ya?ml|conf|env)$/i
const number = /^(?:\d{1,7}|0x[0-9a-f]{1,8})$/i
const sign = /[!@#$%^&*+=_~?]./
/** So much of a value tells what it is. */
const judgedLength = 200

/** Whether no word of a language is like this: letters and digits, a sign, or digits alone. */
function isMadeUp(told: string): boolean {
  return (/\d/.test(told) && /[a-z]/i.test(told)) || sign.test(told) || /^\d{4,}$/.test(told)
}

/** Whether what stands behind the colon of a sentence or of a list is a secret, and no word of prose. */
function isTold(text: string, name: { at: number; isStrong: boolean }, value: Value): boolean {
  const told = text.slice(value.from, Math.min(value.to, value.from + judgedLength))
  const behind = text.slice(value.to, value.to + 4)
  if (/^\d+$/.test(told) && /^ [a-z]/i.test(behind)) return false
  if (isMadeUp(told)) return name.isStrong || told.length >= 8
  if (!name.isStrong || prose.test(told)) return false
  return !/^\s+\w/.test(behind) && !judged.test(text.slice(Math.max(0, name.at - 60), name.at))
}

function isSecret(text: string, match: RegExpExecArray, value: Value): boolean {
  const told = text.slice(value.from, Math.min(value.to, value.from + judgedLength))
  const [all, strongName, assigned, gap = ''] = match
  const isStrong = strongName !== undefined
  if (told === '' || state.test(told) || fileName.test(told)) return false
  if (/^pwd$/i.test(strongName ?? '') && /^\.{0,2}[/\\]/.test(told)) return false
  if (/(?:pin|puk)$/i.test(strongName ?? '')) return /^\d{4,8}$/.test(told)
  if (!isStrong && number.test(told)) return false
  if (value.quoted) return isStrong || told.length >= 6
  if (assigned !== ':' || (gap === '' && /["'`]\s*:$/.test(all))) return isStrong || gap === ''
  return isTold(text, { at: match.index, isStrong }, value)
}

/** Marks what is assigned to a name of a password, a token or the like, in the spellings of logs, JSON, Kconfig, C and YAML. */
export function markAssignedSecrets(text: string, marked: Uint8Array): void {
  assignment.lastIndex = 0
  for (let match = assignment.exec(text); match !== null; match = assignment.exec(text)) {
    const value = valueAt(text, match.index + match[0].length)
    if (!isSecret(text, match, value)) continue
    marked.fill(1, value.from, value.to)
    assignment.lastIndex = Math.max(assignment.lastIndex, value.to)
  }
  for (const pattern of [defined, configured]) {
    for (const { index, 0: all } of text.matchAll(pattern)) {
      const value = valueAt(text, index + all.length)
      if (!state.test(text.slice(value.from, value.to))) marked.fill(1, value.from, value.to)
    }
  }
}
