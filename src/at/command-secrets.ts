/** A parameter of a command where it stands in a text: its content without its quotes. */
interface Param {
  readonly from: number
  readonly to: number
  readonly text: string
  /** Its quote was opened, and the text ends before it was closed. */
  readonly open: boolean
}

/** The rest of a command's parameters says nothing of a secret. */
const most = 8

/** A quote, with as many escapes as one JSON in another needs. */
const quote = /(\\{0,8})(["'])|&quot;/y
const bareParam = /[^\s,;"'\\)\]}]*/y

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** Where the quote that was opened is closed. A quote that is escaped deeper than it is of the content. */
function closes(
  text: string,
  from: number,
  [, opened = '', sign]: RegExpExecArray,
): { at: number; behind: number } | undefined {
  for (const { index, 0: all, 1: escapes = '', 2: found } of text.slice(from).matchAll(/(\\{0,8})(["'])|&quot;/g))
    if (found === sign && escapes.length <= opened.length)
      return { at: from + index, behind: from + index + all.length }
  return undefined
}

function paramAt(text: string, at: number): { param: Param; behind: number } {
  const opened = match(quote, text, at)
  const from = opened === null ? at : quote.lastIndex
  if (opened === null) {
    const [bare = ''] = match(bareParam, text, at) ?? []
    const to = from + bare.length
    return { param: { from, to, text: bare, open: false }, behind: to }
  }
  const closed = closes(text, from, opened)
  const to = closed?.at ?? text.length
  const param = { from, to, text: text.slice(from, to), open: closed === undefined }
  return { param, behind: closed?.behind ?? to }
}

function paramsAt(text: string, at: number): Param[] {
  const found: Param[] = []
  const gap = /\s{0,8}/y
  const comma = /\s{0,8},\s{0,8}/y
  match(gap, text, at)
  for (let next = gap.lastIndex; found.length < most; next = comma.lastIndex) {
    const { param, behind } = paramAt(text, next)
    found.push(param)
    if (match(comma, text, behind) === null) break
  }
  return found
}

/** Which parameters of a command are secret. */
type Secret = (params: readonly Param[], isAnswer: boolean) => readonly number[]

const isKeyOrPsk = (type: Param | undefined): boolean => type?.text === '2' || type?.text === '3'
const ofCommand =
  (...places: number[]): Secret =>
  (_, isAnswer) =>
    isAnswer ? [] : places

/** The password stands in front of the host and the port; older firmware has the client's id at the front (SM-18). */
const beforeHost: Secret = (params, isAnswer) => {
  if (isAnswer) return []
  const port = params.findIndex(({ text }, index) => index > 2 && /^\d+$/.test(text))
  return port < 0 ? [2, 3] : [port - 2]
}

const cmng: Secret = (params, isAnswer) => {
  if (isAnswer) return isKeyOrPsk(params[1]) ? [3] : []
  if (params[0]?.text !== '0') return []
  return isKeyOrPsk(params[2]) ? [3, 4] : [4]
}

/** Commands with the places of their secrets: keys and PSKs on their way into a slot, passwords, PINs. */
const secretsOf: Record<string, Secret> = {
  '%CMNG': cmng,
  '#XCMNG': cmng,
  '+CPIN': ofCommand(0, 1),
  '+CLCK': ofCommand(2),
  '+CPWD': ofCommand(1, 2),
  '+CGAUTH': () => [3],
  '#XMQTTCON': beforeHost,
  '#XFTP': ofCommand(2),
}

const isPinCommand = /^\+C(?:PIN|LCK|PWD)$/
const isPin = /^\d{4,8}$/

const command = /([%#]X?CMNG|\+C(?:PIN|PWD|LCK|GAUTH)|#X(?:MQTTCON|FTP))\s{0,8}([=:])/gi

/** Marks parameters that are secret by their place. True where the quote of the last one is not closed in this line. */
export function markCommandSecrets(text: string, marked: Uint8Array): boolean {
  let open = false
  for (const { index, 0: all, 1: name = '', 2: sign } of text.matchAll(command)) {
    const params = paramsAt(text, index + all.length)
    const upper = name.toUpperCase()
    const places = secretsOf[upper]?.(params, sign === ':') ?? []
    for (const param of places.flatMap((place) => params[place] ?? [])) {
      if (isPinCommand.test(upper) && !isPin.test(param.text)) continue
      marked.fill(1, param.from, param.to)
      open = param.open
    }
  }
  return open
}

/** The rest of a secret whose quote was opened in the line before: nothing else is closed by a quote, or so long, or hexadecimal. */
const goesOn = /^\s*(?:[<>] ?)?(?:([^\s"\\,]+)(?:\\{0,8}"|&quot;)|([A-Za-z0-9+/_-]{16,}={0,2}|(?:[0-9a-f]{2})+)\s*$)/i

/** Marks what goes on of a secret that the line before left open. True where it is open still. */
export function markOpenSecret(text: string, marked: Uint8Array): boolean {
  const rest = goesOn.exec(text)
  if (rest === null) return false
  const value = rest[1] ?? rest[2] ?? ''
  const from = text.indexOf(value)
  marked.fill(1, from, from + value.length)
  return rest[1] === undefined
}
