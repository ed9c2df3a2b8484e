import { expect, test } from 'vitest'
import { Striker } from '../../src/at/index.ts'

const strike = (text: string): string => {
  const striker = new Striker()
  return text
    .split('\n')
    .map((line) => striker.line(line).text)
    .join('\n')
}

test.each([
  ['of the Serial LTE Modem', 'AT#XCMNG=0,42,3,"6e7266393174657374"', 'AT#XCMNG=0,42,3,"<struck>"'],
  [
    'in a JSON log',
    String.raw`{"m":"AT%CMNG=0,42,3,\"6e7266393174657374\"","n":1}`,
    String.raw`{"m":"AT%CMNG=0,42,3,\"<struck>\"","n":1}`,
  ],
  [
    'in C source',
    String.raw`"AT%%CMNG=0,42,3,\"6e7266393174657374\"\r\n"`,
    String.raw`"AT%%CMNG=0,42,3,\"<struck>\"\r\n"`,
  ],
  ['without quotes', 'AT%CMNG=0,42,3,6e7266393174657374', 'AT%CMNG=0,42,3,<struck>'],
  ['in single quotes', "AT%CMNG=0,42,3,'6e7266393174657374'", "AT%CMNG=0,42,3,'<struck>'"],
  ['of a shell', `at 'AT%CMNG=0,42,3,"6e7266393174657374"'`, `at 'AT%CMNG=0,42,3,"<struck>"'`],
  ['behind a tag in quotes', 'AT%CMNG=0,"42",3,"6e7266393174657374"', 'AT%CMNG=0,"42",3,"<struck>"'],
  ['over two lines', 'AT%CMNG=0,42,3,"6e72663931\n74657374"', 'AT%CMNG=0,42,3,"<struck>\n<struck>"'],
  [
    'over three lines',
    '> AT%CMNG=0,42,3,"6e72\n> 6639\n> 3174"',
    '> AT%CMNG=0,42,3,"<struck>\n> <struck>\n> <struck>"',
  ],
])('a pre-shared key %s is struck out', (_, text, clean) => expect(strike(text)).toBe(clean))

test('what comes behind a command whose quote was never closed stays', () => {
  const text = 'AT%CMNG=0,42,3,"6e72663931\nOK\n+CME ERROR: 527\nmqtt_connect error -45'
  expect(strike(text)).toBe('AT%CMNG=0,42,3,"<struck>\nOK\n+CME ERROR: 527\nmqtt_connect error -45')
  for (const answer of ['ERROR', '[00:00:01.000] <err> app: "x"', 'AT+CFUN?'])
    expect(strike(`AT%CMNG=0,42,3,"6e72663931\n${answer}`)).toContain(answer)
})

test.each([
  ['AT+CPIN=4711', 'AT+CPIN=<struck>'],
  [String.raw`AT+CPIN=\"4712\"`, String.raw`AT+CPIN=\"<struck>\"`],
  ['AT+CPIN="12345678","4712"', 'AT+CPIN="<struck>","<struck>"'],
  ['AT+CLCK="SC",1,4711', 'AT+CLCK="SC",1,<struck>'],
  [String.raw`AT+CPWD=\"SC\",\"4711\",\"4712\"`, String.raw`AT+CPWD=\"SC\",\"<struck>\",\"<struck>\"`],
  ['SIM PIN: 4711', 'SIM PIN: <struck>'],
])('the PIN in %s is struck out', (text, clean) => expect(strike(text)).toBe(clean))

test.each([
  ['AT+CGAUTH=0,2,"user","hunter5secret"', 'AT+CGAUTH=0,2,"user","<struck>"'],
  ['+CGAUTH: 0,2,"user","hunter5secret"', '+CGAUTH: 0,2,"user","<struck>"'],
  ['AT#XMQTTCON=1,"bob","hunter","mq.example",8883,42', 'AT#XMQTTCON=1,"bob","<struck>","mq.example",8883,42'],
  [
    'AT#XMQTTCON=1,"board-7","bob","hunter","mq.example",8883',
    'AT#XMQTTCON=1,"board-7","bob","<struck>","mq.example",8883',
  ],
  ['AT#XFTP="open","bob","hunter","ftp.example"', 'AT#XFTP="open","bob","<struck>","ftp.example"'],
])('the password in %s is struck out', (text, clean) => expect(strike(text)).toBe(clean))

test.each([
  '%CMNG: 42,3,"A1B2","6e72"',
  'AT%CMNG=0,42,4,"nrf-351"',
  'AT%CMNG=3,42,3',
  '+CPIN: SIM PIN',
  '+CLCK: 0',
  'AT+CLCK="SC",2',
  'AT+CGAUTH?',
  '#XMQTTCON: 1,"board-7","mq.example",8883,42',
  'AT%CLAIMTOKEN=42,"90115c20ac3f381b520b43c76bd5d99c"',
  '%ATTESTTOKEN: "2dn3hQFQUDYxVDkxRPCAIhIbZAFifQNQGv86y_.0oRDoQEmoQRBIfZYQGuXwJli"',
])('%s names no secret but that of a credential that is read, and is left', (text) => {
  expect(strike(text)).toBe(text.replace('"6e72"', '"<struck>"'))
})
