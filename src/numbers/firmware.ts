/** A modem firmware by its name. */
export interface Firmware {
  /** As `AT+CGMR` prints it: `mfw_nrf9160_1.3.5`. */
  readonly text: string
  readonly family: 'nrf9160' | 'nrf91x1' | 'nrf9151-ntn'
  readonly version: readonly [major: number, minor: number, patch: number]
}

/** What a firmware line can do that matters for credentials. */
export interface Capabilities {
  /** `real`: SHA-256 of what is stored. `placeholder`: the type's byte repeated, which shows presence only. */
  readonly digests: 'real' | 'placeholder'
  /** Keys born in the modem (`%KEYGEN`), and tokens signed by its identity key. */
  readonly bornKeys: boolean
  /** Refuses text that is no certificate (527). */
  readonly checksContent: boolean
  /** Refuses writes while the supply is low (528). */
  readonly guardsSupply: boolean
  /** Twenty tags whose traffic can be decrypted. */
  readonly developerTags: boolean
  readonly deviceUuid: boolean
  readonly factoryEntries: boolean
}

/** One capability, and the first version of each family that has it; `undefined`: no version of that family has it. */
interface Since {
  readonly nrf9160?: Firmware['version']
  readonly nrf91x1?: Firmware['version']
  readonly facts: readonly string[]
}

/** From which version on. Satellite firmware (`ntn`) behaves like the newest nRF91x1. */
export const since: Record<Exclude<keyof Capabilities, 'digests'> | 'realDigests', Since> = {
  realDigests: { nrf9160: [1, 3, 2], nrf91x1: [2, 0, 0], facts: ['DIG-26', 'ID-34'] },
  bornKeys: { nrf9160: [1, 3, 0], nrf91x1: [2, 0, 0], facts: ['KEY-02', 'ID-36'] },
  checksContent: { nrf91x1: [2, 0, 2], facts: ['PEM-03', 'ID-41'] },
  guardsSupply: { nrf9160: [1, 3, 2], nrf91x1: [2, 0, 0], facts: ['POW-12', 'ID-40'] },
  developerTags: { nrf91x1: [2, 0, 0], facts: ['CMNG-09', 'ID-43'] },
  deviceUuid: { nrf91x1: [2, 0, 0], facts: ['ID-22', 'ID-44'] },
  factoryEntries: { nrf9160: [1, 3, 0], nrf91x1: [2, 0, 0], facts: ['CMNG-90', 'ID-35'] },
}

/** Reads `mfw_nrf9160_1.3.5`, also with a suffix such as `-FOTA-TEST`; undefined for any other text. */
export function parseFirmware(text: string): Firmware | undefined {
  const match = /^mfw_(nrf9160|nrf91x1|nrf9151-ntn)_(\d+)\.(\d+)\.(\d+)/.exec(text)
  if (match === null) return undefined
  return {
    text,
    family: match[1] as Firmware['family'],
    version: [Number(match[2]), Number(match[3]), Number(match[4])],
  }
}

function reached(firmware: Firmware, first: Since): boolean {
  if (firmware.family === 'nrf9151-ntn') return first.nrf91x1 !== undefined
  const from = first[firmware.family]
  if (from === undefined) return false
  const difference = from.map((part, index) => (firmware.version[index] ?? 0) - part).find((part) => part !== 0)
  return (difference ?? 0) >= 0
}

/** What this firmware can do, by the table {@link since}. */
export function capabilities(firmware: Firmware): Capabilities {
  return {
    digests: reached(firmware, since.realDigests) ? 'real' : 'placeholder',
    bornKeys: reached(firmware, since.bornKeys),
    checksContent: reached(firmware, since.checksContent),
    guardsSupply: reached(firmware, since.guardsSupply),
    developerTags: reached(firmware, since.developerTags),
    deviceUuid: reached(firmware, since.deviceUuid),
    factoryEntries: reached(firmware, since.factoryEntries),
  }
}
