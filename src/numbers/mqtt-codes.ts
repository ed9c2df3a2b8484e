import type { Sourced } from './source.ts'

/** What a broker says of a CONNECT, or why it ends a session: a return code of MQTT 3.1.1 or a reason code of MQTT 5. */
export interface MqttCode extends Sourced {
  readonly code: number
  readonly words: string
  /** In an answer to CONNECT it proves that TLS works with what is stored; otherwise it ends a session (MQTT-01). */
  readonly in: 'connack' | 'disconnect'
}

/** As far as they speak of a client that does not stay. */
export const mqttCodes: readonly MqttCode[] = [
  { code: 0, words: 'accepted', in: 'connack', source: 'MQTT 3.1.1, 3.2.2.3', facts: ['MQTT-02'] },
  {
    code: 1,
    words: 'this version of MQTT is not spoken',
    in: 'connack',
    source: 'MQTT 3.1.1, 3.2.2.3',
    facts: ['MQTT-02'],
  },
  { code: 2, words: 'the client id is refused', in: 'connack', source: 'MQTT 3.1.1, 3.2.2.3', facts: ['MQTT-02'] },
  { code: 3, words: 'the server is unavailable', in: 'connack', source: 'MQTT 3.1.1, 3.2.2.3', facts: ['MQTT-02'] },
  {
    code: 4,
    words: 'user name or password are refused',
    in: 'connack',
    source: 'MQTT 3.1.1, 3.2.2.3',
    facts: ['MQTT-02'],
  },
  { code: 5, words: 'not authorised', in: 'connack', source: 'MQTT 3.1.1, 3.2.2.3', facts: ['MQTT-02', 'MQTT-08'] },
  { code: 0x80, words: 'no reason is given', in: 'connack', source: 'MQTT 5, 3.2.2.2', facts: ['MQTT-03'] },
  { code: 0x81, words: 'a malformed packet', in: 'connack', source: 'MQTT 5, 3.2.2.2', facts: ['MQTT-03'] },
  { code: 0x82, words: 'a packet against the protocol', in: 'connack', source: 'MQTT 5, 3.2.2.2', facts: ['MQTT-03'] },
  { code: 0x83, words: 'a reason of this broker', in: 'connack', source: 'MQTT 5, 3.2.2.2', facts: ['MQTT-03'] },
  {
    code: 0x84,
    words: 'this version of MQTT is not spoken',
    in: 'connack',
    source: 'MQTT 5, 3.2.2.2',
    facts: ['MQTT-03'],
  },
  { code: 0x85, words: 'the client id is not valid', in: 'connack', source: 'MQTT 5, 3.2.2.2', facts: ['MQTT-03'] },
  {
    code: 0x86,
    words: 'user name or password are refused',
    in: 'connack',
    source: 'MQTT 5, 3.2.2.2',
    facts: ['MQTT-03'],
  },
  { code: 0x87, words: 'not authorised', in: 'connack', source: 'MQTT 5, 3.2.2.2', facts: ['MQTT-03'] },
  { code: 0x88, words: 'the server is unavailable', in: 'connack', source: 'MQTT 5, 3.2.2.2', facts: ['MQTT-03'] },
  { code: 0x89, words: 'the server is busy', in: 'connack', source: 'MQTT 5, 3.2.2.2', facts: ['MQTT-03'] },
  { code: 0x8a, words: 'this client is banned', in: 'connack', source: 'MQTT 5, 3.2.2.2', facts: ['MQTT-03'] },
  { code: 0x8b, words: 'the server shuts down', in: 'disconnect', source: 'MQTT 5, 3.14.2.1', facts: ['MQTT-03'] },
  {
    code: 0x8c,
    words: 'the way to authenticate is not known',
    in: 'connack',
    source: 'MQTT 5, 3.2.2.2',
    facts: ['MQTT-03'],
  },
  {
    code: 0x8d,
    words: 'silent for longer than the keep-alive allows',
    in: 'disconnect',
    source: 'MQTT 5, 3.14.2.1',
    facts: ['MQTT-03', 'MQTT-13'],
  },
  {
    code: 0x8e,
    words: 'another connection took the session over',
    in: 'disconnect',
    source: 'MQTT 5, 3.14.2.1',
    facts: ['MQTT-03', 'MQTT-12'],
  },
  { code: 0x95, words: 'a packet is too large', in: 'connack', source: 'MQTT 5, 3.2.2.2', facts: ['MQTT-03'] },
  { code: 0x97, words: 'a quota is exceeded', in: 'connack', source: 'MQTT 5, 3.2.2.2', facts: ['MQTT-03'] },
  { code: 0x98, words: 'ended by an administrator', in: 'disconnect', source: 'MQTT 5, 3.14.2.1', facts: ['MQTT-03'] },
  { code: 0x9c, words: 'another server is to be used', in: 'connack', source: 'MQTT 5, 3.2.2.2', facts: ['MQTT-03'] },
  { code: 0x9d, words: 'the server has moved', in: 'connack', source: 'MQTT 5, 3.2.2.2', facts: ['MQTT-03'] },
  { code: 0x9f, words: 'too many connections at once', in: 'connack', source: 'MQTT 5, 3.2.2.2', facts: ['MQTT-03'] },
]

/** A code by its number. */
export function mqttCode(code: number): MqttCode | undefined {
  return mqttCodes.find((entry) => entry.code === code)
}
