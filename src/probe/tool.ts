import type { Bytes, Outcome } from '../terms/index.ts'

/** The programs that reach a chip through a debug probe, by the name that they have here. */
export const toolNames = ['nrfutil', 'jlink', 'pyocd', 'probe-rs'] as const
export type ToolName = (typeof toolNames)[number]

/** A stretch of flash: its first address and the one behind its last. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** What a probe found at its other end. */
export interface Chip {
  /** As Nordic writes it: `nRF9160`. */
  readonly part: string
  /** `locked`: nothing can be read or written before an erase of all (PROBE-15). `closing`: open, and locked from its next reset on. */
  readonly access: 'open' | 'closing' | 'locked'
  /** Whether its port closes at each reset unless UICR says otherwise (PROBE-17); undefined where a locked chip does not tell. */
  readonly hardened?: boolean
  readonly flash: Stretch
  /** What is erased at once (PROBE-12). */
  readonly pageBytes: number
}

/** What a tool may be unable to do. */
export type Ability = 'recover' | 'tell-lock' | 'verify' | 'keep-open' | 'tell-part'

/** Something that a tool cannot do. It is said before anything is erased. */
export interface Lack {
  readonly cannot: Ability
  /** In words, for a person. */
  readonly why: string
}

/** Why a tool did not do it. The tool's own exit code and words travel on. */
export type ToolRefusal =
  /** The program is not there, or could not be started. */
  | { readonly kind: 'absent'; readonly words: string }
  /** No probe with this serial number is plugged in; `there`: those that are, where somebody has asked. */
  | { readonly kind: 'no-probe'; readonly exit?: number; readonly words: string; readonly there?: readonly string[] }
  /** The probe was there in this run, and is gone. */
  | { readonly kind: 'unplugged'; readonly exit?: number; readonly words: string }
  /** The probe is there, and no chip answers it: no power, a loose cable, or a lock that this tool cannot tell apart. */
  | { readonly kind: 'no-chip'; readonly exit?: number; readonly words: string }
  /** The chip's access port is protected: only `recover` reaches it. */
  | { readonly kind: 'locked'; readonly exit?: number; readonly words: string }
  /** What was programmed does not read back the same. */
  | { readonly kind: 'differs'; readonly exit?: number; readonly words: string }
  /** This tool cannot do it at all; nothing was tried. */
  | { readonly kind: 'lacks'; readonly cannot: Ability; readonly words: string }
  /** Any other no of the tool. */
  | { readonly kind: 'failed'; readonly exit?: number; readonly words: string }
  /** It said nothing more for too long, and was ended. What it had begun may be half done. */
  | { readonly kind: 'silence'; readonly afterMs: number; readonly words: string }
  /** It ended well, and what it said is not what it says for this. */
  | { readonly kind: 'garbled'; readonly words: string; readonly why: string }
  /** We were told to stop. */
  | { readonly kind: 'aborted'; readonly words: string }

/** What a tool is run with. */
export interface ToolSurroundings {
  /** Its environment; programs are looked for on its PATH. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** A private folder for what a tool can only give as a file. Such files are overwritten and removed. */
  readonly folder: string
  readonly signal?: AbortSignal
  /** Milliseconds that one call may take; default 60 s, and 5 minutes for what erases or programs. */
  readonly patience?: number
  /** Hears the process number of each call that erases or programs, before that does anything. A throw of it keeps it from that. */
  readonly atWork?: (process: number) => void
}

/** A program on PATH that speaks to debug probes. */
export interface ProbeTool {
  readonly name: ToolName
  /** Where it was found. */
  readonly path: string
  readonly lacks: readonly Lack[]
  /** The serial numbers of the probes that are plugged in. */
  probes(): Promise<Outcome<readonly string[], ToolRefusal>>
  /** The probe with this serial number, whether it is there or not. */
  at(serial: string): Probe
}

/** One debug probe and the chip at it, by way of one tool. Nothing here asks twice: whoever calls decides. */
export interface Probe {
  /** Changes nothing. */
  identify(): Promise<Outcome<Chip, ToolRefusal>>
  /** Reads flash while the chip runs on. */
  read(stretch: Stretch): Promise<Outcome<Bytes, ToolRefusal>>
  /**
   * Erases the flash pages that an Intel HEX file touches and no others, programs it, and verifies it where the tool can. UICR
   * is never erased (PROBE-14). Whoever wants it to run says `reset`.
   */
  program(hexFile: string): Promise<Outcome<void, ToolRefusal>>
  /** Erases whole pages: both ends of the stretch are page boundaries, else RangeError. */
  erase(stretch: Stretch): Promise<Outcome<void, ToolRefusal>>
  /** Resets the chip and lets it run. */
  reset(): Promise<Outcome<void, ToolRefusal>>
  /** Unlocks the chip by erasing all of its flash and UICR; what its modem keeps stays (PROBE-16). */
  recover(): Promise<Outcome<void, ToolRefusal>>
}
