import { commands, type Dialect } from '../../at/index.ts'
import { type Identity, readIdentity, readState } from '../../modem/index.ts'
import { type Capabilities, capabilities, modeName } from '../../numbers/index.ts'
import { withBoard } from '../board.ts'
import { likelyReason, refusalExit, refusalWords } from '../failure.ts'
import { tellKeys } from '../key-words.ts'
import { boardOptions, readBoardOptions, transcriptOption } from '../options.ts'
import { table } from '../table.ts'
import type { Verb } from '../verb.ts'

/** `sectag info` */
export const info: Verb = {
  name: 'info',
  summary: 'who the board is, what runs on it, and what that firmware can do',
  examples: [
    'sectag info --port /dev/ttyACM0',
    'sectag info --port usb:960123456 --json',
    "sectag info --port 'virtual:?mfw=1.0.0'",
  ],
  shape(command) {
    boardOptions(command)
    transcriptOption(command)
  },
  async run(context, output, typed) {
    const options = readBoardOptions(typed)
    if ('exit' in options) return options
    return withBoard(context, output, { ...options, looking: true }, async (board) => {
      const { channel } = board
      const identity = await readIdentity(channel)
      if (!identity.ok) {
        const { refusal } = identity
        const what = `the board would not say who it is: ${refusalWords(refusal)}`
        const next = `sectag info ${options.at}`
        return {
          exit: refusalExit(refusal),
          refusal,
          failure: { what, state: 'nothing was changed', why: likelyReason(refusal), next },
        }
      }
      const state = await readState(channel)
      const supply = await channel.send(commands.xvbat, undefined)
      const can = identity.value.firmware === undefined ? undefined : capabilities(identity.value.firmware)
      const millivolt = supply.ok ? supply.value : undefined
      const mode = state.ok ? state.value.functionalMode : undefined
      output.event(
        'identity',
        {
          ...identity.value,
          dialect: channel.dialect,
          functionalMode: mode,
          supplyMillivolt: millivolt,
          capabilities: can,
        },
        words(identity.value, mode, millivolt, can, channel.dialect),
      )
      tellKeys(output, board.known())
      return { exit: 0, more: { imei: identity.value.imei } }
    })
  },
}

function words(
  identity: Identity,
  mode: number | undefined,
  millivolt: number | undefined,
  can: Capabilities | undefined,
  dialect: Dialect | undefined,
): string {
  const told = (value: string | undefined): string => value ?? 'not told'
  const rows = [
    ['IMEI', identity.imei],
    ['made by', told(identity.manufacturer)],
    ['model', told(identity.model)],
    ['hardware', told(identity.hardware)],
    ['firmware', told(identity.firmwareText)],
    ['device UUID', told(identity.uuid)],
    ['ICCID', told(identity.iccid)],
    ['CFUN', mode === undefined ? 'not told' : modeName(mode)],
    ['spoken to as', told(dialect)],
    ['supply', millivolt === undefined ? 'not told' : `${millivolt} mV`],
    ...(can === undefined
      ? [['this firmware', 'is not in our tables: nothing is assumed of it']]
      : capabilityRows(can)),
  ]
  return table(['', ''], rows).trimStart()
}

function capabilityRows(can: Capabilities): string[][] {
  return [
    [
      'digests',
      can.digests === 'real' ? 'real: what is held can be compared' : 'placeholders: only that a slot is filled',
    ],
    [
      'best grade',
      `${can.digests === 'real' ? 'digest' : 'presence'} by listing; session, the board's own at its broker, with sectag watch`,
    ],
    ['keys born inside', can.bornKeys ? 'yes' : 'no'],
    ['checks content', can.checksContent ? 'yes: bad PEM is refused (527)' : 'no: it stores anything'],
    ['guards supply', can.guardsSupply ? 'yes: no writing at low supply (528)' : 'no'],
  ]
}
