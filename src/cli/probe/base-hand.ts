import { rmSync } from 'node:fs'
import {
  findTools,
  type HandOrder,
  type ProbeHand,
  type ProbeTool,
  probeHand,
  type RunFiles,
  type ToolName,
  type ToolSurroundings,
} from '../../probe/index.ts'
import type { Context } from '../context.ts'
import { writeWhole } from '../home/on-disk.ts'
import { putPrivate, wipeFile } from '../home/private-folder.ts'
import { keptFile, readKept } from './claim.ts'
import type { ProbeTask } from './task.ts'
import { writerPatience } from './writer-patience.ts'

interface Around extends Pick<HandOrder, 'left' | 'footprint' | 'owed'> {
  readonly folder: string
  /** The id of the run. */
  readonly id: string
  readonly atWork: (process: number) => void
}

/** The hand that reaches the chip of a task, with what it needs of the home. */
export function baseHand(context: Context, task: ProbeTask, around: Around): ProbeHand {
  const { laid, order } = task
  const { folder, id, atWork, ...heard } = around
  const tool = toolOf(context, order.tool, { folder, atWork })
  return probeHand({
    probe: tool.at(task.serial),
    lacks: tool.lacks,
    clock: context.clock,
    files: filesOf(task, folder, id),
    laid,
    writer: order.writer.image,
    runsOn: order.writer.runsOn,
    ...(order.application !== undefined && { application: order.application.image }),
    patience: writerPatience(task.given.slots.length),
    ...heard,
  })
}

/** The tool that was chosen. */
export function toolOf(
  { env }: Context,
  name: ToolName,
  around: Pick<ToolSurroundings, 'folder' | 'atWork'>,
): ProbeTool {
  const { folder, atWork } = around
  const tools = findTools({ env, folder, ...(atWork !== undefined && { atWork }) })
  const tool = tools.find((found) => found.name === name)
  if (tool === undefined) throw new Error(`${name} was on PATH and is not any more`)
  return tool
}

function filesOf({ home, disk }: ProbeTask, folder: string, id: string): RunFiles {
  return {
    putPrivate: (name, text) => putPrivate(folder, name, text),
    // Its folder is wiped once more in the end.
    wipe: (path) => disk.note(() => wipeFile(path)),
    keep(text) {
      const path = keptFile(home, id)
      rmSync(path, { force: true })
      writeWhole({ path, text, mode: 0o600 })
      return path
    },
    kept: readKept,
  }
}
