import { parseSdk, sdkOfZephyr } from '../../numbers/index.ts'
import type { Tell } from '../ledger.ts'
import { type Line, noEnd, type Reader } from './line.ts'

const sdkBanner = /Booting nRF Connect SDK v?(\d+\.\d+(?:\.\d+)?)/i
/** One line at each start: of Zephyr, or since NCS 2.7 of the SDK. */
const banner = /\*{3,5} Booting (?:(nRF Connect SDK)|Zephyr OS)\b/
const sdkSaid = /\b(?:NCS|nRF Connect SDK|sdk-nrf)\s*(?:version)?\s*[:=]?\s*v?(\d+\.\d+(?:\.\d+)?)/i
/** An SDK without a name: `with SDK 1.0.0`. That of another make has its name in front. */
const sdkAlone =
  /(?:^|[.,;:(]\s*|\b(?:the|our|with|on|using|under|of|in|from|to|and|is)\s+)SDK\s*(?:version)?\s*[:=]?\s*v?([12]\.\d{1,2}\.\d{1,2})\b/i
const zephyrBanner = /Booting Zephyr OS\s+(?:build\s+)?(?:zephyr-)?(v?\d+\.\d+\.\d+\S*)/i
const firmware = /\b(mfw(?:-pti)?_nrf9\w+(?:-ntn)?_\d+\.\d+\.\d+[\w.-]*)/i
const firmwareSaid = /\b(?:modem firmware|mfw|modem fw)\s*(?:version)?\s*[:=]?\s*v?(\d+\.\d+\.\d+)\b/i
const hardware = /\b(nRF9(?:160|161|151|131) [A-Z]{4} [A-Z0-9]{3})\b/
const tagNamed =
  /(--)?\b(?:CONFIG_\w*)?sec(?:urity)?[_ -]?tag(?:_list)?\b["')\]]?\s*[:=#([{]{0,2}\s*(?:is |to |no\.? )?(\d{1,10})\b/gi
/** `Certificate Manager had written to 16842753`. */
const tagWritten =
  /\b(?:wrote|written|provisioned|stored|loaded)\b.{0,24}\b(?:to|in|into|under)\b (?:the )?(?:sec(?:urity)?[ _-]?)?(?:tag )?(\d{2,10})\b(?! ?(?:bytes|kB|ms|s\b|%))/i
/** `CONFIG_LTE_NETWORK_MODE_NBIOT_GPS=y`: the radio that a build asks for. */
const networkMode = /\bCONFIG_LTE_NETWORK_MODE_(LTE_M_NBIOT|LTE_M|NBIOT)(?:_GPS)?=y/
const libcs = [
  [/\bCONFIG_NEWLIB_LIBC=y/, 'newlib'],
  [/\bCONFIG_PICOLIBC=y/, 'picolibc'],
  [/\bCONFIG_MINIMAL_LIBC=y/, 'minimal'],
] as const

/** Boot banners, version lines and build settings: which SDK, which libc, which modem firmware, which security tag. */
export function bootReader(tell: Tell): Reader {
  return {
    line(line) {
      const started = banner.exec(line.text)
      if (started !== null) tell(line, 'boot', { banner: started[1] === undefined ? 'zephyr' : 'sdk' })
      readSdk(line, tell)
      readFirmware(line, tell)
      const radio = networkMode.exec(line.text)?.[1]
      if (radio !== undefined)
        tell(line, 'system-mode', { ltem: radio.startsWith('LTE_M'), nbiot: radio.endsWith('NBIOT') })
      for (const [pattern, libc] of libcs) if (pattern.test(line.text)) tell(line, 'libc', { libc })
      // A command that asks about a tag says nothing of the tag that the application uses.
      if (/\bAT%CMNG/i.test(line.raw)) return
      const written = tagWritten.exec(line.text)?.[1]
      if (written !== undefined && Number(written) <= 0xffff_ffff)
        tell(line, 'tag', { tag: Number(written), how: 'provisioned' })
      for (const [, option, tag] of line.text.matchAll(tagNamed)) {
        if (Number(tag) <= 0xffff_ffff)
          tell(line, 'tag', { tag: Number(tag), how: option === undefined ? 'logged' : 'provisioned' })
      }
    },
    end: noEnd,
  }
}

function readSdk(line: Line, tell: Tell): void {
  const said = (sdkBanner.exec(line.text) ?? sdkSaid.exec(line.text) ?? sdkAlone.exec(line.text))?.[1]
  const version = parseSdk(said ?? '')
  if (version !== undefined) tell(line, 'sdk', { version, from: 'said' })
  const carried = sdkOfZephyr(zephyrBanner.exec(line.text)?.[1] ?? '')
  if (carried !== undefined) tell(line, 'sdk', { version: carried, from: 'banner' })
}

function readFirmware(line: Line, tell: Tell): void {
  const named = firmware.exec(line.text)?.[1]
  const said = firmwareSaid.exec(line.text)?.[1]
  if (named !== undefined) tell(line, 'mfw', { text: named.replace(/[.-]+$/, '') })
  else if (said !== undefined) tell(line, 'mfw', { text: said })
  const chip = hardware.exec(line.text)?.[1]
  if (chip !== undefined) tell(line, 'hardware', { text: chip })
}
