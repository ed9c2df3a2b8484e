export { findTools, toolPrograms } from './find.ts'
export type { Ability, Chip, Lack, Probe, ProbeTool, Stretch, ToolName, ToolRefusal, ToolSurroundings } from './tool.ts'
export { toolNames } from './tool.ts'
