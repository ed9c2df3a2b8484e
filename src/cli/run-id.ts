import { hex, isoTime } from '../terms/index.ts'
import type { Context } from './context.ts'

/** A name for a run that sorts by time: `20261122T065500Z-3f9c01`. */
export function newRunId(context: Context): string {
  return `${isoTime(context.clock.now()).replaceAll(/[-:]/g, '')}-${hex(context.random.bytes(3))}`
}
