import type { Level } from './build.ts'
import type { Build } from './errno.ts'
import type { Led } from './led.ts'
import type { VirtualBoardOptions } from './options.ts'

/** What the application can do on its board. */
export interface Body {
  readonly options: VirtualBoardOptions
  readonly build: Build
  print(level: Level, text: string): void
  show(led: Led): void
  /** Lets the modem carry out a command; gives what it answers. */
  command(text: string): Promise<string>
  /** Sends a short message. */
  tell(to: string, text: string): Promise<void>
  /** Its power fails: everything stops where it stands. */
  powerFails(): void
}
