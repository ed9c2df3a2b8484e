import type { Slot } from '../../terms/index.ts'
import type { Tell } from '../ledger.ts'
import { type Asked, wholeOf } from './command.ts'
import { readInformation } from './information.ts'
import type { Line, Reader } from './line.ts'
import { tellContent } from './content.ts'
import { faultOf, unescaped } from './pem-fault.ts'
import { isCardOff, isForeign, ofSim, saysUnknown, type Situation, situationAfter } from './refused-question.ts'
import { spokenIn } from './spoken.ts'

/** A question, and what has come of its answer so far. */
interface Question extends Asked {
  readonly line: Line
  readonly held: Slot[]
  /** Whether text came that is more than a final line. */
  answered: boolean
}

/** How an exchange ended; `refusal` is the final line where it was not OK. */
interface Ended {
  readonly end: 'final' | 'blank' | 'open'
  readonly refusal?: string
  /** The line that ended it, where one did. */
  readonly by?: Line
}

/** Questions that a living modem answers with text, whatever it holds and whatever its mode. */
const controls = /^(?:\+CFUN\?|\+CFUN=\?|\+CGMR|\+CGMM|\+CGMI|\+CGSN|%SHORTSWVER|%HWVERSION|%XVBAT|\+CEREG\?)$/

/** Dialogues in AT: with echo and without, as a transcript with `>` and `<`, or noted down with `->`; by cable or by SMS. */
export function dialogueReader(tell: Tell): Reader {
  let open: Question | undefined
  let situation: Situation = {}
  const close = (ended: Ended): void => {
    if (open !== undefined) conclude(open, ended, situation, tell)
    const mode = open === undefined ? undefined : modeSet(open, ended)
    if (mode !== undefined) situation = { ...situation, mode }
    open = undefined
  }
  const answer = (line: Line, text: string): void => {
    const slot = readInformation(open === undefined ? line : { ...line, role: open.line.role }, text, open, tell)
    situation = situationAfter(situation, text)
    if (open === undefined) return
    if (slot !== undefined && open.name === '%CMNG') open.held.push(slot)
    // What comes unasked in between says nothing of the question.
    if (!/^[+%#]\w+:/.test(text) || text.toUpperCase().startsWith(`${open.name}:`)) open.answered = true
  }
  const final = (line: Line, text: string): void => {
    if (open === undefined) tellRefusal(line, text, undefined, tell)
    close({ end: 'final', by: line, ...(text !== 'OK' && { refusal: text }) })
  }
  return {
    line(line) {
      for (const spoken of spokenIn(line.text, open)) {
        if (spoken.is === 'question') {
          close({ end: 'open' })
          open = { ...spoken.asked, line, held: [], answered: false }
        } else if (spoken.is === 'answer') answer(line, spoken.text)
        else if (spoken.is === 'final') final(line, spoken.text)
        else close({ end: 'blank' })
      }
    },
    end: () => close({ end: 'open' }),
  }
}

function conclude(question: Question, ended: Ended, situation: Situation, tell: Tell): void {
  const { line, name, params } = question
  const typed = typedOf(question)
  if (question.answered && controls.test(typed)) tell(line, 'control', { question: `AT${typed}` })
  if (typed === '+CFUN=?') tell(line, 'modes-asked', { question: typed })
  const says = { ...(ended.by ?? line), role: line.role }
  tellRefusal(says, ended.refusal ?? '', `AT${name}`, tell)
  if (isForeign(name)) tell(line, 'matter', { matter: 'foreign-client', is: 'spoken-of' })
  if (ended.refusal === 'ERROR' && saysUnknown(question, situation)) tell(line, 'seen', { sign: 'command-not-known' })
  if (name === '%CMNG' && params[0] === '1') return concludeListing(question, ended, tell)
  if (name === '%CMNG' && params[0] === '0') return concludeWrite(question, ended, tell)
  if (ended.end === 'blank' && !question.answered) tell(line, 'blank', { question: `AT${typed}` })
  const mode = modeSet(question, ended)
  if (mode !== undefined) tell(line, 'mode', { mode, how: 'set' })
  if (name === '%XSYSTEMMODE' && question.form === 'set' && ended.end === 'final' && ended.refusal === undefined)
    tell(line, 'system-mode', { ltem: params[0] === '1', nbiot: params[1] === '1' })
  if (ofSim.test(name) && question.form !== 'set' && ended.refusal !== undefined && !isCardOff(situation))
    tell(says, 'sim', { state: 'refuses', what: `AT${typed} was refused` })
}

/** The mode that was set, and taken. */
function modeSet({ name, form, params }: Asked, { end, refusal }: Ended): number | undefined {
  return name === '+CFUN' && form === 'set' && end === 'final' && refusal === undefined ? wholeOf(params[0]) : undefined
}

function tellRefusal(line: Line, text: string, command: string | undefined, tell: Tell): void {
  const [, kind, code] = /\+CM([ES]) ERROR: ?(\d{1,5})/.exec(text) ?? []
  if (code === undefined) return
  const refused = { kind: kind === 'E' ? 'cme' : 'cms', code: Number(code) } as const
  tell(line, 'refused', { ...refused, ...(command !== undefined && { command }) })
}

/** The command without what is long or secret in it. */
function typedOf({ name, form, params }: Asked): string {
  if (form === 'read') return `${name}?`
  if (form === 'test') return `${name}=?`
  return form === 'plain' ? name : `${name}=${params.slice(0, 3).join(',').slice(0, 40)}`
}

function concludeListing({ line, params, held }: Question, { end, refusal }: Ended, tell: Tell): void {
  const [tag, type] = [wholeOf(params[1]), wholeOf(params[2])]
  if (tag !== undefined) tell(line, 'tag', { tag, how: 'asked' })
  // An empty listing is a bare OK (CMNG-38); 513 says the same, and any other refusal says nothing of what is held.
  if (refusal !== undefined && !/ERROR: ?513$/.test(refusal)) return
  if (end === 'open' && held.length === 0) return
  // A blank line behind listing lines ends a message, and is no reply of its own.
  const how = end === 'blank' && held.length > 0 ? 'open' : end
  tell(line, 'listing', { ...(tag !== undefined && { tag }), ...(type !== undefined && { type }), held, end: how })
}

function concludeWrite(question: Question, { end, refusal }: Ended, tell: Tell): void {
  const [tag, type] = [wholeOf(question.params[1]), wholeOf(question.params[2])]
  if (tag === undefined || type === undefined) return
  const [text = ''] = question.params.slice(3)
  const content = bareText(text)
  // A modem answers no command whose quotes are open: the record was cut, and not what was written.
  const isCut = end === 'final' && /^"[^"]*$/.test(text)
  const fault = isCut ? undefined : faultOf(unescaped(content, /^\s*>/.test(question.line.text)))
  // Another command in the middle of a text: two of the host's own speak at once.
  if (/[A-Za-z0-9+/]AT[+%#][A-Z]/.test(content)) tell(question.line, 'seen', { sign: 'serial-path-odd' })
  const done = refusal === undefined ? 'ok' : 'refused'
  const code = /^\+CME ERROR: ?(\d{1,5})$/.exec(refusal ?? '')?.[1]
  tell(question.line, 'written', {
    tag,
    type,
    ...(fault !== undefined && { fault }),
    end: end === 'final' ? done : 'open',
    ...(code !== undefined && { code: Number(code) }),
  })
  tell(question.line, 'tag', { tag, how: 'provisioned' })
  if (end === 'final' && refusal === undefined) tellContent(question.line, { tag, type }, content, 'written', tell)
}

/** A parameter without its quotes. */
function bareText(param = ''): string {
  return param.replace(/^"|"$/g, '')
}
