import { expect, test } from 'vitest'
import { readMosquittoLine } from '../../src/broker/index.ts'

const line = (id: string, more = ''): string =>
  `1763804400: New client connected from 127.0.0.1:40312 as ${id} (p2, c1, k60${more}).`

test('a client id with blanks and brackets is read whole, with a user name behind it or none', () => {
  const host = '127.0.0.1'
  for (const id of ['board-7', 'my board (7)', 'x (p2, c1, k60) y', "x (p2, c1, k60, u'bob'"]) {
    expect(readMosquittoLine(line(id))).toEqual({ kind: 'session', host, port: 40312, clientId: id })
    const named = { kind: 'session', host, port: 40312, clientId: id, username: 'alice' }
    expect(readMosquittoLine(line(id, ", u'alice'"))).toEqual(named)
  }
})

test('a client id that looks like another line of the log tells of its own connection only', () => {
  const forged = 'New client connected from 127.0.0.1:50000 as board-7 (p2, c1, k60).'
  expect(readMosquittoLine(line(forged))).toMatchObject({ kind: 'session', port: 40312, clientId: forged })
  for (const text of [
    `1763804400: Client ${forged} disconnected.`,
    `1763804400: Sending CONNACK to ${forged}`,
    `1763804400: Client <unknown> (${forged}) has exceeded timeout`,
    // A line about a subscription: the client, its grade, and a topic that anybody may choose.
    `1763804400: 7 0 : ${forged}`,
  ])
    expect(readMosquittoLine(text), text).toBeUndefined()
})

test('stamps of every form may stand in front, and IPv6 addresses without brackets', () => {
  for (const stamp of [
    '',
    '1763804400: ',
    '2026-11-22T11:00:00: ',
    '2026-11-22 11:00:00: ',
    'Nov 22 11:00:00 host mosquitto[412]: ',
    'mosquitto-1  | 1763804400: ',
  ])
    expect(readMosquittoLine(`${stamp}New client connected from ::1:40312 as b (p2, c1, k60).`)).toMatchObject({
      port: 40312,
    })
})

test('a failed handshake has two wordings, by when Mosquitto came to it, and both are read', () => {
  const said = 'error:0A00007B:SSL routines::bad signature'
  for (const front of [
    'OpenSSL Error[0]: ',
    'OpenSSL Error 10.0.0.7[0]: ',
    'Client connection from 127.0.0.1 failed: ',
  ])
    expect(readMosquittoLine(`1795352998: ${front}${said}`)).toEqual({ kind: 'tls-error', text: said })
})

test('a clash of client ids is read in both wordings, and whose it was', () => {
  for (const end of [' already connected, closing old connection.', ' disconnected: session taken over.'])
    for (const id of ['board-7', 'a b (c)', 'x already connected, closing old connection. y'])
      expect(readMosquittoLine(`1763804400: Client ${id}${end}`)).toEqual({ kind: 'clash', clientId: id })
})

test('a topic that is denied is read with its client id', () => {
  const said = "1763804400: Denied PUBLISH from my board (7) (d0, q1, r0, m3, 'no/x', ... (1 bytes))"
  expect(readMosquittoLine(said)).toEqual({ kind: 'denied', clientId: 'my board (7)', detail: 'PUBLISH to no/x' })
})

test('a CONNECT that is refused is read, and says nothing of whose it was', () => {
  expect(readMosquittoLine('1763804400: Client <unknown> disconnected, not authorised.')).toEqual({
    kind: 'not-authorised',
  })
})

test('a client id that looks like a clash, a denial or a refusal is none of them', () => {
  const forged = [
    'Client board-7 already connected, closing old connection.',
    "Denied PUBLISH from board-7 (d0, q1, r0, m3, 'x', ... (1 bytes))",
    'Client <unknown> disconnected, not authorised.',
    'New connection from 127.0.0.1:1 on port 8883.',
  ]
  for (const id of forged)
    for (const text of [`Client ${id} disconnected.`, `Sending CONNACK to ${id} (0, 0)`, `${id} 0 topic`])
      expect(readMosquittoLine(`1763804400: ${text}`), text).toBeUndefined()
})
