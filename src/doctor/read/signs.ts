import type { Tell } from '../ledger.ts'
import { Prose } from '../prose/told.ts'
import { signsIn } from '../signs/signs.ts'
import { brokerFiles } from './broker-files.ts'
import { type Line, noEnd, type Reader } from './line.ts'

/** So much of a line is looked at: a command may be longer, and what it carries is no prose. */
const searched = 1024

/** A line that is a command and nothing else is for the reader of dialogues. */
const commandOnly = /^\s*>?\s*AT[+%#]\S*\s*$/i

/** What is a transcript's, a command's or a machine's, and no sentence. */
const noSentence =
  /^\s*(?:[[{<>/]|[%+#]\w+[:=?]|[#$] |AT[+%#]\S*\s*(?:$|->|,|")|-{3,}|0x|[0-9a-f]{2}(?::| [0-9a-f]{2})|[A-Za-z0-9+/=]{40})/i
/** Levels at which a program tells that something went wrong: its words are read as those of a person. */
const complaint = /<(?:err|wrn)>|\b(?:ERROR|WARN(?:ING)?|FATAL)\b|^E:/

/** Four words in a row are a sentence, whatever stands before them. */
const sentence = /(?:\b[a-z']{2,} ){3}[a-z']{2,}/i
/** Samples print up to five words in a row; people who tell something say more. */
const talk = /(?:[A-Za-z'][\w'-]{0,24}[ ,]{1,3}){5}[A-Za-z']/
const threeWords = /(?:[A-Za-z']{2,}[^A-Za-z']{1,24}(?:[A-Za-z'][^A-Za-z']{1,24}){0,3}){2}[A-Za-z']{2,}/

/** What a module of ESP-IDF prints without a stamp, up to the words of a person behind it: `esp-tls: …`. */
const ofModule =
  /^(?:esp|mbedtls|transport|ssl|wifi|http|MQTT_CLIENT|TRANS_SSL)(?:[-_]\w+)*: [^.;]{0,200}(?:[.;] |$)|^Connection interrupted\b[^;]{0,240}$/

/** A list of what was tried in vain tells of no change: `Tried: new certs, another region.` */
const tried = /\b(?:already |things |i )?tried(?: so far| already)?: [^.;!?]*/i

/** What stands behind the path of a URL is no word of anybody's: `?X-Amz-Expires=900`. */
const query = /(?<=\bhttps?:\/\/[^\s?]{1,200})\?\S+/g

/** A line of a program: an assignment or a call that ends as C and its children end. */
const code = /^\s*[\w.>[\]&*-]+(?:\s*=[^=]|\().{0,200};\s*(?:\/\/.*)?$/

/** What samples say of themselves when they start, and what an assertion prints of its file. */
const banner = /^\s*The [\w ]{1,40} (?:sample|application|client) started|\bASSERTION FAIL\b/i

/** Whether a person wrote it, or a program that complains: a few words, and no line of a dialogue. */
function isProse(line: Line): boolean {
  const isLog = line.module !== undefined || line.raw !== line.text
  if (isLog && !complaint.test(line.raw.slice(0, 120))) return false
  const text = proseOf(line)
  if (code.test(text) || banner.test(text)) return false
  return sentence.test(text) || (threeWords.test(text) && !noSentence.test(text))
}

function proseOf(line: Line): string {
  return line.text.slice(0, searched).replace(query, '').replace(ofModule, '').replace(tried, '')
}

/** A call and what it returned, at the end of a line. */
const printsNumber = /^\S*\w_\w.{0,80}[-:=( ]\d{1,10}\)?$/

/** What lines show and people tell that is no number: one search for each sign, of any log and any prose. */
export function signReader(tell: Tell): Reader {
  const isOfBrokersFiles = brokerFiles()
  const prose = new Prose()
  return {
    line(line) {
      if (commandOnly.test(line.text) && !line.text.includes('#XCMNG')) return
      if (isOfBrokersFiles(line)) return tell(line, 'seen', { sign: 'listener-misconfigured' })
      const signs = signsIn(`${line.module ?? ''} ${line.text.slice(0, searched)}`.trimStart())
      for (const sign of signs) tell(line, 'seen', { sign })
      if (!isProse(line)) return
      // What a log says of a call that failed is for its number to tell.
      const isLog = line.raw !== line.text || printsNumber.test(line.text)
      const told = prose.line(proseOf(line))
      for (const what of told.histories) tell(line, 'history', { what })
      for (const sign of told.signs) if (!signs.includes(sign)) tell(line, 'seen', { sign, loosely: true })
      for (const matter of told.matters) if (!(isLog && matter.is === 'failing')) tell(line, 'matter', matter)
      if (!isLog && talk.test(line.text)) for (const named of told.named) tell(line, 'named', named)
    },
    end: noEnd,
  }
}
