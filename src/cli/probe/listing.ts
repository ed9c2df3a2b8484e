import type { ToolName } from '../../probe/index.ts'

/** What lists the probes that are plugged in. */
export const listing: Record<ToolName, string> = {
  nrfutil: 'nrfutil device list',
  'probe-rs': 'probe-rs list',
  pyocd: 'pyocd list',
  jlink: 'JLinkExe   # and there ShowEmuList',
}
