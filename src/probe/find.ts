import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { ProbeTool, ToolName, ToolSurroundings } from './tool.ts'
import { jlink } from './tools/jlink.ts'
import { nrfutil } from './tools/nrfutil.ts'
import { probeRs } from './tools/probe-rs.ts'
import { pyocd } from './tools/pyocd.ts'

/** What a tool is called on PATH, and its adapter. The order is the order of preference: the one that lacks least first. */
const adapters: Record<
  ToolName,
  readonly [program: string, adapter: (path: string, surroundings: ToolSurroundings) => ProbeTool]
> = {
  nrfutil: ['nrfutil', nrfutil],
  'probe-rs': ['probe-rs', probeRs],
  pyocd: ['pyocd', pyocd],
  jlink: ['JLinkExe', jlink],
}

/** The names that the tools have on PATH. */
export const toolPrograms: readonly string[] = Object.values(adapters).map(([program]) => program)

/** The tools that are on PATH, those that lack least first. */
export function findTools(surroundings: ToolSurroundings): readonly ProbeTool[] {
  const folders = (surroundings.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return Object.values(adapters).flatMap(([program, adapter]) => {
    const path = folders.map((folder) => join(folder, program)).find(isProgram)
    return path === undefined ? [] : [adapter(path, surroundings)]
  })
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
