import { type Bytes, type Outcome, ok, refused } from '../../terms/index.ts'
import type { Stretch, ToolRefusal } from '../tool.ts'

/** How a task ended, of a line of `--json` (PROBE-24). */
export interface TaskEnd {
  readonly failed: boolean
  /** The number and the words of its error. */
  readonly code?: number
  readonly description: string
  readonly data: unknown
}

/**
 * The end of its last task; undefined where none ended. Versions differ in whether a list comes as the data of its task or as
 * an `info` message, with a task around it or without one.
 */
export function taskEnd(out: string): TaskEnd | undefined {
  const messages = out.split('\n').map(json)
  const last = (type: string): unknown =>
    of(
      messages.findLast((message) => of(message, 'type') === type),
      'data',
    )
  const [end, info] = [last('task_end'), last('info')]
  if (end === undefined && info === undefined) return undefined
  const [code, description] = [of(of(end, 'error'), 'code'), of(of(end, 'error'), 'description')]
  return {
    failed: of(end, 'result') === 'fail',
    ...(typeof code === 'number' && { code }),
    description: typeof description === 'string' ? description : '',
    data: of(end, 'data') ?? info,
  }
}

function json(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function of(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

/** The serial numbers of a `list`. */
export function serialsIn(data: unknown): Outcome<readonly string[], ToolRefusal> {
  const devices = of(data, 'devices')
  if (!Array.isArray(devices)) return refused({ kind: 'garbled', words: 'list', why: 'it lists no devices' })
  const serials = devices.map((device) => of(device, 'serialNumber'))
  return ok(serials.filter((serial) => typeof serial === 'string'))
}

/** PROBE-28: `NRF9160_xxAA_REV2`, of a chip whose port is closed too; `NRF9120` is the die of all nRF91x1. */
export function partIn(data: unknown): string {
  const version = of(of(of(data, 'deviceInfo'), 'jlink'), 'deviceVersion')
  const die = typeof version === 'string' ? /^NRF(\d{4})_/.exec(version)?.[1] : undefined
  return die === '9120' ? 'nRF91x1' : `nRF${die ?? '91'}`
}

/** PROBE-23: bytes as lists of numbers, one behind the other, at addresses in hexadecimal. */
export function bytesIn(data: unknown, { from, to }: Stretch): Outcome<Bytes, ToolRefusal> {
  const parts = of(data, 'memoryData')
  const bytes = new Uint8Array(to - from)
  let filled = 0
  for (const part of Array.isArray(parts) ? parts : []) {
    const [start, values] = [of(part, 'startAddress'), of(part, 'values')]
    const follows = typeof start === 'string' && Number.parseInt(start, 16) === from + filled
    if (!follows || !isBytes(values) || filled + values.length > bytes.length) break
    bytes.set(values, filled)
    filled += values.length
  }
  if (filled === bytes.length) return ok(bytes)
  return refused({ kind: 'garbled', words: 'read', why: `it gave ${filled} of ${bytes.length} bytes` })
}

function isBytes(values: unknown): values is number[] {
  return Array.isArray(values) && values.every((value) => Number.isInteger(value) && value >= 0 && value <= 255)
}
