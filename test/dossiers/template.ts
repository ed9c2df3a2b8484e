import type { Piece, Setting } from './dossier.ts'
import type { Stage } from './stage.ts'

/** A trouble that can be acted: what happens, what is heard of it, and what it is. */
export interface Template {
  readonly name: string
  readonly truth: string
  readonly acceptable?: readonly string[]
  /** The settings that it can happen on; without it, all. */
  on?(setting: Setting): boolean
  act(stage: Stage): Promise<readonly Piece[]>
}

/** The number that a refused connection shows, on any build. */
export const connectFails = /mqtt_connect -\d+/
