import { signTable } from './sign.ts'

/** What brokers, clouds and their users say. Wordings are those of Mosquitto, EMQX, AWS IoT and Azure IoT Hub, as far as they were seen. */
export const brokerSigns = signTable(
  /SSL mode|discarded|take_?n?_?over|vhost|Connection resumed|not found|REVOKED|INACTIVE|PENDING|mosquitto_|EOF|peer|MQTT|suback|granted|40[149]\d{3}|Unauthori|idle|taken|status|enrol|lost|expired|exception|refused|address|eaddr|hang-?up|file|thrown|kicked|online|unable|error|options|cert|key|client|broker|listener|config|polic|acl\b|connack|register|provision|certificate|session|timeout|keep|ping|password|user|denied|authori|local only|options|reconnect|disconnect|drop|image|firmware|intermediate|thing|hub|token/i,
  {
    'tls-lines-commented-out': {
      words: 'the lines of the configuration that name the certificates are commented out',
      printed: true,
      patterns: [/^\s*#\s*(?:cafile|certfile|keyfile)\s+\S/],
    },
    'listener-misconfigured': {
      words: 'the listener itself is not set up as it should be',
      printed: true,
      patterns: [
        /\{options,\s*(?:incompatible|\{)|unable to (?:load|open) (?:server )?(?:certificate|key|CA\b|CRL|config|pwfile|password|acl|psk|include)|(?<!mosquitto_(?:pub|sub)\b.{0,60})certificate\/key are inconsistent|\bmax_connections\b|\bconnection limit (?:is )?(?:reached|exceeded)|unable to (?:create TLS context|set TLS)|error loading config|local only mode|using non-SSL mode|unknown configuration variable|invalid (?:tls_version|listener|bridge|value) (?:value|option)?|error: (?:problem|duplicate|empty) .{0,40}(?:listener|config|certfile|keyfile|cafile)|duplicate \S+ value in configuration|address already in use|\{?(?:cacertfile|certfile|keyfile)[,:].{0,80}(?:enoent|eacces|invalid|bad_file)|failed[_ ]to[_ ]start[_ ]listener|bad_ssl_config|\bbad_file\b|bad_(?:certfile|keyfile|cacertfile)|\.service(?::)? (?:failed|main process exited)/i,
      ],
    },
    'other-broker-works': {
      words: 'with another broker the same works',
      patterns: [],
    },
    'config-not-in-force': {
      words: 'the configuration that was changed is not the one in force',
      patterns: [],
    },
    'no-certificate-wanted': {
      words: 'the configuration says that no client certificate is wanted',
      patterns: [
        /\brequire_certificate (?:is )?(?:set to )?false\b|\bverify_none\b|\bfail_if_no_peer_cert\W{1,4}false/i,
      ],
    },
    'policy-forbids': {
      words: 'the broker knows the client, and forbids what it asks for',
      printed: true,
      patterns: [
        /not authori[sz]ed to perform: iot:|cannot_publish_to_topic|not authori[sz]ed to (?:publish|subscribe)|\bgranted(?: QoS)?\W{1,4}(?:128|0x80)|\bSUBACK\b.{0,40}\b(?:128|0x80|135|0x87)\b|AUTHORIZATION_FAILURE|\bAUTH_ERROR\b|FORBIDDEN_ACCESS|authorization_permission_denied|not_authorized|\bacl[ _](?:deny|denied)|\bdenied (?:PUBLISH|SUBSCRIBE)|\baccess to vhost \S{1,60} refused\b|\bPolicy (?:does not|doesn't) (?:allow|permit)/i,
      ],
    },
    'closed-without-connack': {
      words: 'after TLS the broker closed the connection, without an answer to CONNECT',
      // An interruption is of a session that stood.
      patterns: [/^(?!.{0,80}\binterrupted\b.{0,80}HANGUP).{0,200}MQTT_UNEXPECTED_HANGUP/],
    },
    'connect-unanswered': {
      words: 'CONNECT went out, and no answer came',
      patterns: [
        /\bCONNACK recv failed|MQTTNoDataAvailable|Missing Connection Ack\w*|NoConnectionException|connack time-?out|MQTT_CONNECTION_TIMEOUT|timed out waiting for a response from the server|\bCONNECT complete with result TIMEOUT|mqtt_message_receive\W{0,4}returned/i,
      ],
    },
    unauthorized: {
      words: 'the cloud says that the client is not authorised, and not why',
      printed: true,
      patterns: [
        /\b401002\b|\bunauthori[sz]ed[-_ ]access\b|\b401,? \W?Unauthori[sz]ed\b|\bUnauthorizedException\b|\bResponse status:? 401\b/i,
      ],
    },
    'token-expired': {
      words: 'a token is said to be expired',
      printed: true,
      patterns: [/\b(?:SAS|JWT)\b.{0,16}\b(?:token )?(?:is |has |was )?expired|\btoken\b.{0,16}\bexpired/i],
    },
    'chain-incomplete': {
      words: 'the server sends its own certificate without the one that issued it',
      printed: true,
      patterns: [],
    },
    'session-lost': {
      words: 'the session is lost',
      patterns: [
        /\bMQTT_EVENT_DISCONNECTED\b|DeviceConnectionClosedRemotely|\b404104\b|\bConnection interrupted\b.{0,80}UNEXPECTED_HANGUP|\bconnection lost \(32109\)|\bConnectionLost\b|\bclient is disconnected \(32104\)|\breason(?:String)?[=: ]{1,2}(?:tcp_closed|ssl_closed)/i,
      ],
    },
    'not-registered-there': {
      words: 'the cloud does not know this device or its certificate',
      patterns: [
        /"message":\s?"[^"]{0,60}\bnot found|DeviceNotFound|\b404001\b|\b404201\b|\bnot provisioned\b|\benrol\w* not found|\bunknown (?:device|thing)\b|\bdevice not registered|\bstatus\W{1,4}unassigned|\bauto(?:matic)?[- ](?:certificate |device )?registration\b\W{0,4}(?:is )?(?:deactivated|disabled|off|inactive)\b/i,
      ],
    },
    'certificate-inactive': {
      words: 'the client certificate is known, and not active',
      patterns: [
        /^\W*(?:REVOKED|INACTIVE|PENDING_ACTIVATION)\W*$|\bcertificate (?:is |was |has been )?revoked\b|\bUPDATE_(?:DEVICE|CA)_CERTIFICATE\b|\bPENDING_ACTIVATION\b|\bcert\w*\b.{0,40}\b(?:INACTIVE|REVOKED|PENDING_TRANSFER|REGISTER_INACTIVE)\b|\bCERT_REVOKED\b|DeviceDisabled|\bstatus\W{1,4}(?:INACTIVE|REVOKED|disabled)\b/,
      ],
    },
    'same-client-id': {
      words: 'two clients use the same client id',
      patterns: [
        /\b(?:two|three|four|both|several|all)\b.{0,120}\bmosquitto_(?:sub|pub)\b.{0,160} -i \S/i,
        /DUPLICATE_CLIENT_?ID/i,
      ],
    },
    'one-throws-out-the-other': {
      words: 'when one device connects, another one is thrown out',
      patterns: [
        /\bonly (?:one|the last|1)\b.{0,24}\b(?:devices?|clients?|boards?|units?|or the other)\b.{0,24}\b(?:can|is able|stays?|at a time)\b.{0,24}\b(?:connect|publish|online|at a time)/i,
      ],
    },
    'same-image-on-several': {
      words: 'several boards run the same image',
      patterns: [],
    },
    'connects-and-drops': {
      words: 'it connects, drops and connects again, in a cycle',
      patterns: [/^\W*Connection resumed\b/],
    },
    'taken-over': {
      words: 'another connection took over the client id',
      printed: true,
      patterns: [
        /already connected with this client ?id|client ?id\w* (?:is )?already (?:connected|in use)|\bduplicate (?:client )?id\b|another client connected with the same|\bmultiple_sessions\b|LinkCreationConflict|\b409002\b|session taken over|shutdown,\s?(?:discarded|kicked|taken?over(?:ed)?)\b|already connected, closing old|\bSESSION_TAKEN_OVER\b|\bsession_take(?:n_)?over\b|\btakenover\b|reason(?: code)?[:= ]+(?:0x8e|142)\b|\b(?:discarded|kicked)\b.{0,20}\b(?:by|due to)\b.{0,24}\b(?:same|duplicate|another|new) (?:client|session|connection)/i,
      ],
    },
    'silent-too-long': {
      words: 'the session was dropped because the client was silent for too long',
      printed: true,
      patterns: [
        /idle for too long|No PING_RESP|keepalive_timeout|\bclosed due to idle|exceeded timeout|KEEP_?ALIVE_TIMEOUT|keep-?alive[ _](?:timed? ?out|time-?out|expired|exceeded|missed)|PINGRESP (?:not received|time-?out|missing)|no PINGRESP|ping (?:response )?time-?out|reason(?: code)?[:= ]+(?:0x8d|141)\b|mqtt_keepalive_timer failed/i,
      ],
    },
    'wrong-password': {
      words: 'user name, password or token are not accepted',
      printed: true,
      patterns: [
        /bad[ _]user ?name[ _]or[ _]password|BadUserNameOrPassword|invalid_credentials|\baccess refused for user|IotHubUnauthorizedAccess|\bwrong password|\bpassword (?:check )?(?:failed|mismatch|incorrect)/i,
      ],
    },
    'no-client-certificate': {
      words: 'the client has no certificate of its own, and the broker wants one',
      printed: true,
      patterns: [
        /\bclient\b.{0,80}\b(?:zero[- ]length|empty) certificate|\bcertificates? length:? 0\b|\bpeer has no certificate|\bno client certificate (?:CA names )?(?:was )?(?:presented|received|given|sent by the client)/i,
      ],
    },
    'only-intermediate-fails': {
      words: 'what an intermediate CA issued is refused, and what the root issued is not',
      patterns: [],
    },
  },
)
