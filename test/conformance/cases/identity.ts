import { readAttestation } from '../../../src/identity/index.ts'
import { type Case, cme, type Look, numbered } from '../case.ts'
import { all, keyless, keyMakers, nrf9160, nrf91x1 } from '../lines.ts'

interface Chip {
  readonly on: readonly string[]
  readonly chip: string
  readonly model: string
  readonly hardware: string
  readonly facts: { readonly model: string; readonly hardware: string }
  /** Whether a published answer of this very chip is known. */
  readonly seen: boolean
  readonly deviceType: number
}

const early = { model: 'ID-02', hardware: 'ID-16' }
const later = { model: 'ID-03', hardware: 'ID-17' }
const chips: readonly Chip[] = [
  {
    on: nrf9160,
    chip: 'B0A',
    model: 'nRF9160-SICA',
    hardware: 'nRF9160 SICA B0A',
    facts: early,
    seen: true,
    deviceType: 3,
  },
  {
    on: nrf9160,
    chip: 'B1A',
    model: 'nRF9160-SICA',
    hardware: 'nRF9160 SICA B1A',
    facts: early,
    seen: true,
    deviceType: 3,
  },
  {
    on: nrf91x1,
    chip: 'nRF9151',
    model: 'nRF9151-LACA',
    hardware: 'nRF9151 LACA A0A',
    facts: later,
    seen: false,
    deviceType: 6,
  },
  {
    on: nrf91x1,
    chip: 'nRF9161',
    model: 'nRF9161-LACA',
    hardware: 'nRF9161 LACA A0A',
    facts: later,
    seen: false,
    deviceType: 4,
  },
]
/** What a line runs on when nobody asks for a chip. */
const usual: Readonly<Record<string, string>> = { '1.0': 'B0A', '1.1': 'B0A', '1.2': 'B0A', '1.3': 'B1A', '2.0': 'A0A' }

/** Fifteen digits with a valid check digit. */
const imei: Look = {
  shows: 'fifteen digits, the last a check digit, and OK',
  holds(text) {
    const digits = /^(?:\+CGSN: ")?(\d{15})"?\r\nOK$/.exec(text)?.[1] ?? '1'
    const sum = [...digits].reverse().reduce((sum, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 1 : 2)
      return sum + (value > 9 ? value - 9 : value)
    }, 0)
    return sum % 10 === 0
  },
}

const firmwareOf = (line: string): string => `${line.startsWith('2') ? 'nrf91x1' : 'nrf9160'}_${line}`

function tokenNames(deviceType: number): Look {
  return {
    shows: `a token of device type ${deviceType} and the firmware of %XMODEMUUID`,
    holds(text, before) {
      const read = readAttestation(/^%ATTESTTOKEN: "([^"]+)"\r\nOK$/.exec(text)?.[1] ?? '')
      const uuid = before
        .at(-1)
        ?.replace(/^%XMODEMUUID: |\r\nOK$/g, '')
        .replaceAll('-', '')
      if (!read.ok) return false
      const found = read.value.firmwareUuid.replaceAll('-', '')
      return read.value.deviceType === deviceType && found === uuid
    },
  }
}

const perLine = all.flatMap((line): Case[] => [
  {
    title: `M15 mfw ${line}: AT+CGMR answers its name, bare`,
    fact: 'ID-04',
    grade: 'seen',
    on: [line],
    dialogue: [['AT+CGMR', `mfw_${firmwareOf(line)}\r\nOK`]],
  },
  {
    title: `mfw ${line}: AT%SHORTSWVER answers its short name`,
    fact: 'ID-15',
    grade: 'documented',
    on: [line],
    dialogue: [['AT%SHORTSWVER', `%SHORTSWVER: ${firmwareOf(line)}\r\nOK`]],
  },
  {
    title: `mfw ${line}: AT%XMODEMUUID answers the UUID of this build`,
    fact: 'ID-56',
    grade: 'ours',
    on: [line],
    dialogue: [['AT%XMODEMUUID', `%XMODEMUUID: ${buildUuid(line)}\r\nOK`]],
  },
  {
    title: `mfw ${line} runs on ${usual[line.slice(0, 3)]} unless another chip is asked for`,
    fact: 'ID-57',
    grade: 'ours',
    on: [line],
    dialogue: [['AT%HWVERSION', new RegExp(`^%HWVERSION: [\\w ]+ ${usual[line.slice(0, 3)]}\r\nOK$`)]],
  },
])

/** Made up, and written down here a second time. */
function buildUuid(line: string): string {
  const digits = line.replaceAll('.', '')
  return `7b3f1c52-0${digits}-4a8e-9c41-5d2e6f0a1b${line === '1.0.0' ? '01' : digits.slice(1)}`
}

const perChip = chips.flatMap((chip) => [
  {
    title: `M16 on ${chip.chip} AT+CGMM answers ${chip.model}, without a prefix`,
    fact: chip.facts.model,
    grade: chip.seen ? 'seen' : 'inferred',
    on: chip.on,
    chip: chip.chip,
    dialogue: [['AT+CGMM', `${chip.model}\r\nOK`]],
  } as const,
  {
    title: `M18 on ${chip.chip} AT%HWVERSION answers ${chip.hardware}`,
    fact: chip.facts.hardware,
    grade: chip.hardware.endsWith('9151 LACA A0A') ? 'inferred' : 'documented',
    on: chip.on,
    chip: chip.chip,
    dialogue: [['AT%HWVERSION', `%HWVERSION: ${chip.hardware}\r\nOK`]],
  } as const,
  {
    title: `on ${chip.chip} an attestation token names device type ${chip.deviceType} and the firmware build`,
    fact: 'KEY-42',
    grade: 'seen',
    on: chip.on.filter((line) => keyMakers.includes(line as never)),
    chip: chip.chip,
    dialogue: [
      ['AT%XMODEMUUID', /^%XMODEMUUID: [0-9a-f-]{36}\r\nOK$/],
      ['AT%ATTESTTOKEN', tokenNames(chip.deviceType)],
    ],
  } as const,
])

/** Who the modem is. */
export const identityCases: readonly Case[] = [
  ...perLine,
  ...perChip,
  {
    title: 'M17 AT+CGMI answers the manufacturer',
    fact: 'ID-01',
    grade: 'seen',
    on: all,
    dialogue: [['AT+CGMI', 'Nordic Semiconductor ASA\r\nOK']],
  },
  {
    title: 'M12 AT+CGSN answers fifteen digits alone on a line',
    fact: 'ID-07',
    grade: 'seen',
    on: all,
    dialogue: [['AT+CGSN', imei]],
  },
  {
    title: 'AT+CGSN=0 answers like AT+CGSN',
    fact: 'ID-08',
    grade: 'documented',
    on: all,
    dialogue: [['AT+CGSN=0', imei]],
  },
  {
    title: 'M13 AT+CGSN=1 answers the IMEI with its name and quotes',
    fact: 'ID-09',
    grade: 'documented',
    on: all,
    dialogue: [['AT+CGSN=1', imei]],
  },
  {
    title: 'AT+CGSN=2 answers sixteen digits',
    fact: 'ID-11',
    grade: 'documented',
    on: all,
    dialogue: [['AT+CGSN=2', /^\+CGSN: "\d{16}"\r\nOK$/]],
  },
  {
    title: 'AT+CGSN=3 answers two digits',
    fact: 'ID-12',
    grade: 'documented',
    on: all,
    dialogue: [['AT+CGSN=3', /^\+CGSN: "\d{2}"\r\nOK$/]],
  },
  {
    title: 'AT+CGSN=? answers a range',
    fact: 'ID-13',
    grade: 'documented',
    on: all,
    dialogue: [['AT+CGSN=?', '+CGSN: (0-3)\r\nOK']],
  },
  {
    title: 'M14 AT+CGSN? answers ERROR',
    fact: 'ID-14',
    grade: 'documented',
    on: all,
    dialogue: [['AT+CGSN?', 'ERROR']],
  },
  {
    title: 'AT+CGSN=4 is refused',
    fact: 'CME-02',
    grade: 'seen',
    on: all,
    dialogue: [numbered, ['AT+CGSN=4', cme(0)]],
  },
  {
    title: 'AT%DEVICEUUID answers a lower-case UUID on nRF91x1',
    fact: 'ID-20',
    grade: 'documented',
    on: nrf91x1,
    dialogue: [['AT%DEVICEUUID', /^%DEVICEUUID: 50[0-9a-f]{6}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\r\nOK$/]],
  },
  {
    title: 'AT%DEVICEUUID is unknown on mfw 1.0 to 1.2',
    fact: 'ID-44',
    grade: 'documented',
    on: keyless,
    dialogue: [numbered, ['AT%DEVICEUUID', cme(0)]],
  },
  {
    title: 'AT%DEVICEUUID is unknown on mfw 1.3',
    fact: 'OPEN-14',
    grade: 'ours',
    on: nrf9160.filter((line) => line.startsWith('1.3')),
    dialogue: [numbered, ['AT%DEVICEUUID', cme(0)]],
  },
]
