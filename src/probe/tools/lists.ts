// How these programs tell which probes are plugged in.

/** A probe as probe-rs wants it named: by its maker's numbers and its own. PROBE-45 */
export interface ListedProbe {
  readonly kind: string
  readonly serial: string
}

/** `[0]: J-Link -- 1366:1015:001050000001 (J-Link)` PROBE-44 */
const probeRsLine = /^\[\d+\]: .{0,120} -- ([0-9a-f]{4}:[0-9a-f]{4}(?:-\d{1,3})?):(\S{0,80}) \(/i

/** The probes of `probe-rs list`. */
export function probeRsList(out: string): readonly ListedProbe[] {
  return out.split('\n').flatMap((line) => {
    const match = probeRsLine.exec(line.trim())
    return match === null ? [] : [{ kind: match[1] ?? '', serial: match[2] ?? '' }]
  })
}

/** The serial numbers of `ShowEmuList`. PROBE-36 */
export function jlinkList(out: string): readonly string[] {
  return [...out.matchAll(/Serial number: {0,8}(\d{1,20})/g)].map((match) => match[1] ?? '')
}

/** The serial numbers of `pyocd json --probes`; undefined where this is not such a list. PROBE-38 */
export function pyocdList(out: string): readonly string[] | undefined {
  try {
    const { boards } = JSON.parse(out) as { boards: readonly { unique_id: unknown }[] }
    return boards.map((board) => board.unique_id).filter((id) => typeof id === 'string')
  } catch {
    return undefined
  }
}
