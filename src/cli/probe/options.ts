import { type Command, InvalidArgumentError, Option } from 'commander'
import { toolNames } from '../../probe/index.ts'
import type { Typed } from '../verb.ts'

/** Reads `--probe A,B` and `--probe A --probe B`. What a tool takes as a serial number has neither blanks nor slashes. */
function serials(text: string, before: readonly string[] = []): string[] {
  const all = text.split(',').map((serial) => serial.trim())
  if (!all.every((serial) => /^[\dA-Za-z][\w:.-]{0,63}$/.test(serial)))
    throw new InvalidArgumentError('The serial number of a debug probe is expected.')
  return [...before, ...all]
}

/** Reads an address: `0x2B000` or a whole number. */
function address(text: string): number {
  if (!/^(?:0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text))
    throw new InvalidArgumentError('An address such as 0x2B000 is expected.')
  return Number(text)
}

/** What a board without a UART is reached with: each of these words means that there is no port. */
export function probeOptions(command: Command): void {
  const options = [
    new Option(
      '--probe <serials>',
      'instead of --port, for boards without a UART: by way of a debug probe, or several: A,B',
    ).argParser(serials),
    new Option(
      '--boards <csv>',
      'many probes, each with files of its own: columns probe, tag, ca, cert, key, or manifest',
    ),
    new Option('--only <serials>', 'of the boards in that list, only those at these probes: A,B').argParser(serials),
    new Option('--probe-tool <name>', 'what speaks to the probe; the first on PATH').choices(toolNames),
    new Option('--writer <hex>', 'the firmware that gives the modem its credentials, Intel HEX'),
    new Option('--writer-page <address>', 'where that firmware looks for them').argParser(address),
    new Option('--program-app <hex>', 'what is programmed afterwards; what was on the chip unless given'),
    new Option(
      '--unlock',
      'a chip that is locked, or will be at its next reset, may be erased, which takes all that is on it',
    ),
  ]
  for (const option of options) command.addOption(option.conflicts('port'))
}

/** Whether any of them was typed. */
export function isByProbe({ options }: Typed): boolean {
  return ['probe', 'boards', 'only', 'probeTool', 'writer', 'writerPage', 'programApp', 'unlock'].some(
    (name) => options[name] !== undefined,
  )
}
