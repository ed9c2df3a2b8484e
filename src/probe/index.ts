export type { ModemHas, WriterAnswer } from './answer.ts'
export { notRun } from './answer.ts'
export { readAnswer } from './answers.ts'
export type { MarkerProblem, WriterMarker } from './marker.ts'
export { findMarker } from './marker.ts'
export type { ProbeHand, ProbeProgress } from './carry-out.ts'
export { carryOutProbe } from './carry-out.ts'
export type { FlashImage, Span } from './flash.ts'
export { addressWords, imageOf, nrf91Flash, nrf91Uicr, within } from './flash.ts'
export type { HandOrder, RunFiles } from './hand.ts'
export { probeHand } from './hand.ts'
export type { HexProblem } from './hex.ts'
export { readHex, writeHex } from './hex.ts'
export type { Laid, LayoutProblem, WriterItem } from './layout.ts'
export { layOut, longestItem, startsAtReset } from './layout.ts'
export type { Debt, Found, ProbeRun, ProbeStep, Saved, StepRefusal } from './run.ts'
export {
  beginProbeRun,
  beginStep,
  isOver,
  isWithoutApplication,
  leavesOpen,
  nextStep,
  probeSteps,
  recordStep,
  secretMayLie,
  takeUp,
} from './run.ts'
export { findTools, toolPrograms } from './find.ts'
export type { Ability, Chip, Lack, Probe, ProbeTool, Stretch, ToolName, ToolRefusal, ToolSurroundings } from './tool.ts'
export { toolNames } from './tool.ts'
