import { type Case, cme, numbered, sim } from '../case.ts'
import { all } from '../lines.ts'

/** What the modem says of its SIM. */
export const simCases: readonly Case[] = [
  {
    title: 'AT%XICCID and AT+CIMI are refused while the SIM is off',
    fact: 'ID-19',
    grade: 'documented',
    on: all,
    dialogue: [
      ['AT%XICCID', 'ERROR'],
      ['AT+CIMI', 'ERROR'],
    ],
  },
  {
    title: 'AT%XICCID answers up to 20 digits with the SIM on, without quotes',
    fact: 'ID-19',
    grade: 'documented',
    on: all,
    dialogue: [
      ['AT+CFUN=41', 'OK'],
      ['AT%XICCID', /^%XICCID: \d{18,20}F?\r\nOK$/],
    ],
  },
  {
    title: 'AT+CIMI answers bare digits with the SIM on',
    fact: 'MODE-25',
    grade: 'documented',
    on: all,
    dialogue: [
      ['AT+CFUN=41', 'OK'],
      ['AT+CIMI', /^\d{15}\r\nOK$/],
    ],
  },
  {
    title: 'AT+CIMI and AT%XICCID answer ERROR without a SIM',
    fact: 'MODE-25',
    grade: 'documented',
    on: all,
    dialogue: [sim('none'), ['AT+CFUN=1', 'OK'], ['AT+CIMI', 'ERROR'], ['AT%XICCID', 'ERROR']],
  },
  {
    title: 'without a SIM the number of the refusal is 10',
    fact: 'CME-03',
    grade: 'inferred',
    on: all,
    dialogue: [
      sim('none'),
      numbered,
      ['AT+CFUN=1', 'OK'],
      ['AT+CIMI', cme(10)],
      ['AT%XICCID', cme(10)],
      ['AT+CPIN?', cme(10)],
    ],
  },
  {
    title: 'AT+CPIN? answers READY without quotes',
    fact: 'OPEN-17',
    grade: 'ours',
    on: all,
    dialogue: [
      ['AT+CFUN=1', 'OK'],
      ['AT+CPIN?', '+CPIN: READY\r\nOK'],
    ],
  },
  {
    title: 'AT+CPIN? fails while the SIM is off',
    fact: 'MODE-24',
    grade: 'documented',
    on: all,
    dialogue: [['AT+CPIN?', 'ERROR']],
  },
  {
    title: 'a SIM that asks for its PIN says so',
    fact: 'MODE-22',
    grade: 'inferred',
    on: all,
    dialogue: [sim('pin'), ['AT+CFUN=1', 'OK'], ['AT+CPIN?', '+CPIN: SIM PIN\r\nOK']],
  },
]
