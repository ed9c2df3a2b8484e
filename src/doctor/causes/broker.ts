import type { CauseEntry } from '../cause.ts'

const atBroker = { costs: 'a change at the broker', risks: 'none for the devices: nothing is written to them' } as const

/** Causes at the broker. */
export const brokerCauses: readonly CauseEntry[] = [
  {
    cause: 'client-cert-missing',
    group: 'broker',
    meaning: 'the broker asks for a client certificate, and the device shows none',
    prior: 0.03,
    remedy: {
      do: 'list certificate and key of the tag; write what is missing, or let the application pass that tag',
      costs: 'minutes, by cable',
      risks: 'none as long as the listing comes first',
    },
    prevention: 'a rehearsal against the real broker before devices go out',
    facts: ['ERR-83', 'ERR-92'],
  },
  {
    cause: 'broker-does-not-trust-client-chain',
    group: 'broker',
    meaning:
      "the broker does not accept the client's certificate: it cannot build its chain, or the chain is not valid",
    prior: 0.03,
    remedy: { do: "bring the issuing CA into the broker's list, or send leaf and intermediate together", ...atBroker },
    prevention: 'the issuing CA goes to the broker before the first device gets a certificate of it',
    facts: ['PEM-13'],
  },
  {
    cause: 'client-cert-inactive',
    group: 'broker',
    meaning: 'the broker knows the client certificate, and it is revoked or not active',
    prior: 0.02,
    remedy: { do: 'look why it was revoked; issue a new one only for a device that may have it', ...atBroker },
    prevention: 'revocation with a reason and a name',
    facts: ['ERR-92'],
  },
  {
    cause: 'broker-policy-denies',
    group: 'broker',
    meaning: 'TLS is fine, and the broker does not allow this client what it asks for',
    prior: 0.04,
    remedy: { do: "look at the policy, the client id and the identity in the broker's log", ...atBroker },
    prevention: 'one rule that derives client id and policy from the certificate',
    facts: ['ERR-92'],
  },
  {
    cause: 'broker-config',
    group: 'broker',
    meaning: 'the listener is not set up as it should be, so that every device fails',
    prior: 0.03,
    remedy: { do: "check the listener's options and files, and that they are the ones in force", ...atBroker },
    prevention: 'a rehearsal after every change of the broker',
    facts: ['ERR-85'],
  },
  {
    cause: 'mqtt-bad-credentials',
    group: 'broker',
    meaning: 'TLS is fine, and user name or password are not',
    prior: 0.02,
    remedy: { do: 'check user name and password at both ends', ...atBroker },
    prevention: 'certificates as identity, where the broker can',
    facts: ['ERR-92'],
  },
  {
    cause: 'mqtt-duplicate-client-id',
    group: 'broker',
    meaning: 'two live clients use the same client id and throw each other out',
    prior: 0.03,
    remedy: {
      do: 'give every device a client id of its own, of its IMEI for example',
      costs: 'an update of the application',
      risks: 'none',
    },
    prevention: 'a client id that is derived from the device',
    facts: ['ERR-92'],
  },
  {
    cause: 'mqtt-keepalive-timeout',
    group: 'broker',
    meaning: 'the broker dropped a session because the device was silent for too long',
    prior: 0.03,
    remedy: { do: 'fit keep-alive to PSM, eDRX and the NAT on the way', costs: 'a setting', risks: 'more traffic' },
    prevention: 'a keep-alive that was measured in the network in use',
    facts: ['ERR-92'],
  },
  {
    cause: 'client-cert-not-registered',
    group: 'broker',
    meaning: 'TLS is fine, and the cloud does not know this certificate or device',
    prior: 0.03,
    remedy: {
      do: "register the certificate or the device; compare the certificate's name with the device id",
      ...atBroker,
    },
    prevention: 'registration in the same step as the issue',
    facts: ['MQTT-04', 'MQTT-08'],
  },
]
