import { expect, test } from 'vitest'
import { Striker } from '../../src/at/index.ts'

const strike = (text: string): string => new Striker().line(text).text

const jwt = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJib2FyZC03In0.c2lnbmF0dXJlLW9mLXRoaXMtdG9rZW4'

test.each([
  'password: [hunter3secret]',
  'Password: [hunter]',
  'passwd=[hunter], port=1883',
  'pwd = [hunter] # for now',
  'mqtt: user=bob password=[hun,ter;2] host=mq.example',
  'username=bob&password=[hunter]&x=1',
  'CONFIG_MQTT_PASSWORD="[hunter6secret]"',
  '#define MQTT_PASSWORD "[hunter 7]"',
  '{"user":"bob","password":"[hunter]","port":1883}',
  String.raw`{"m":"{\"password\":\"[hun\\\"ter]\"}"}`,
  '  mqttPassword: [hunter3secret]  # yaml',
  'remote_password [hunter]',
  'api_key=[hunter]',
  'x-api-key: [a1b2c3d4e5]',
  'client_secret: "[hunter]"',
  'access_token=[abcdefgh]',
  'aws_secret_access_key=[wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLE]',
  'HostName=hub.example;DeviceId=a;SharedAccessKey=[aGVsbG8raGVsbG8=]',
  'CONFIG_APP_PSK="[00112233445566778899]"',
  'mosquitto_pub -u bob -P [hunter4secret]',
  'mosquitto_sub -h mq.example -u bob --pw "[hunter 4]" -t a',
  "mosquitto_rr -P '[hunter 4]' -t a",
  'mosquitto_passwd -c -b passwords.txt bob [hunter]',
  'openssl s_client -connect mq.example:8883 -psk [00112233] -psk_identity board-7',
  'openssl pkcs12 -in a.p12 -passin pass:[hunter] -nodes',
  '--pass [hunter2]',
  'set MQTT_PW=[hunter]',
  'client.username_pw_set("bob", "[hunter2]")',
  '<dbg> mqtt: auth: user bob password [hunter2]',
  'the password is [hunter2], says bob',
  '<user>bob</user><password>[hunter]</password>',
  'password -> [hunter2]',
  'curl -u bob:[hunter] https://mq.example/',
  'mqtts://bob:[hunter7secret]@broker:8883',
  'connect to mqtt://bob:[hun@ter]@broker',
  `Authorization: Bearer [${jwt}]`,
  'authorization: Basic [Ym9iOmh1bnRlcg==]',
  '"Authorization": "Bearer [a1b2c3d4]"',
  'Authorization: SharedAccessSignature sr=hub%2Fdevices%2Fa&sig=[aGVsbG9oZWxsbw%3D%3D]&se=1700000000',
])('%s: what is in the brackets is struck out, and nothing else', (text) => {
  expect(strike(text.replace(/\[(.*)\]/, '$1'))).toBe(text.replace(/\[.*\]/, '<struck>'))
})

test('of a token only the signature is struck out where nothing says that it is one: what it claims is evidence', () => {
  expect(strike(`%JWT: "${jwt}"`)).toBe(`%JWT: "${jwt.replace(/[^.]+$/, '<struck>')}"`)
})

test.each([
  'wrong password',
  'password wrong',
  'password: wrong',
  'Password: not accepted',
  'error -5, password: the broker refused it',
  'invalid password: bob',
  'Connection Refused: bad user name or password.',
  'CONNACK 0x86: bad user name or password: connection refused',
  'using password: YES',
  'password=(null)',
  'password: %s',
  'password=$MQTT_PASSWORD',
  'password: <your password>',
  'password: 13 bytes',
  'password length: 13',
  'password_file /etc/mosquitto/passwd',
  'allow_anonymous false',
  'Enter PEM pass phrase:',
  'CONFIG_MQTT_LIB_PASSWORD=y',
  'token expired',
  'token: 12',
  'coap: token=0x20001234',
  'pass: 12 of 15',
  'lowpass: 12',
  'default bearer activation: bearer 5 established',
  'PWD=/home/bob',
  'psk_identity=board-7',
  'key=device.key',
  'aws_access_key_id=AKIAIOSFODNN7EXAMPLE',
  'http://broker:8080/path@x',
  'GPIO pin: 12',
  'password authentication failed',
  'the password is wrong',
  'password 0x86bad00',
  '    psk: psk.txt',
  'if (password == NULL)',
  'token === undefined',
  'sectag apply --passphrase-file pass.txt --port /dev/ttyACM0',
  'ping -P 8 mq.example',
])('%s: no secret is in it, and it stays', (text) => expect(strike(text)).toBe(text))

test.each([
  'password=',
  'password: a',
  'pass:',
  'pass:"',
  'token: ',
  'curl -u ',
  'mosquitto_pub -P ',
  'http://a:',
  'SIM PIN:',
])('a line that was made to be slow, %s again and again, is read like any other', (text) =>
  expect(strike(text.repeat(16_384 / text.length)).length).toBeGreaterThan(0),
)
