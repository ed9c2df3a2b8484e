import type { VirtualModem } from '../modem.ts'
import { atHostFront } from './at-host.ts'
import type { Front } from './dialect.ts'
import type { OpenMqtt } from './mqtt-line.ts'
import { serialModemFront } from './serial-modem.ts'
import { serialModemCommands } from './serial-modem-commands.ts'
import { type ShellBuild, shellFront } from './shell.ts'

export type { DialectName, Front, FrontLine, Typed } from './dialect.ts'
export { dialectNames } from './dialect.ts'
export type { MqttDial, MqttEar, MqttLine, OpenMqtt } from './mqtt-line.ts'

/** What a board offers on its port, and what is to be known of that build. */
export type Dialect =
  | { readonly name: 'at-host' }
  | ({ readonly name: 'shell' } & Partial<ShellBuild>)
  | { readonly name: 'serial-modem'; readonly openMqtt?: OpenMqtt }

/** A shell of NCS 2.8 or later, with a line as long as that of the Asset Tracker Template (SHELL-06, SHELL-08). */
const usualShell: ShellBuild = { unescapesLf: true, longest: 2048 }

/** The front of a dialect before a modem; `notify` prints a line that comes by itself. */
export function frontOf(dialect: Dialect, modem: VirtualModem, notify: (line: string) => void): Front {
  switch (dialect.name) {
    case 'at-host':
      return atHostFront
    case 'shell':
      return shellFront({ ...usualShell, ...dialect })
    case 'serial-modem':
      return serialModemFront(
        serialModemCommands({ modem, notify, ...(dialect.openMqtt !== undefined && { openMqtt: dialect.openMqtt }) }),
      )
  }
}
