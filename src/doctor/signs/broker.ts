import { signTable } from './sign.ts'

/** What brokers, clouds and their users say. Wordings are those of Mosquitto, EMQX, AWS IoT and Azure IoT Hub, as far as they were seen. */
export const brokerSigns = signTable(
  /thrown|kicked|online|unable|error|options|cert|key|client|broker|listener|config|polic|acl\b|connack|register|provision|certificate|session|timeout|keep|ping|password|user|denied|authori|local only|options|reconnect|disconnect|drop|image|firmware|intermediate|thing|hub|token/i,
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
        /\{options,\s*(?:incompatible|\{)|unable to (?:load|open) (?:server )?(?:certificate|key|CA\b|CRL|config|pwfile|password|acl|psk|include)|certificate\/key are inconsistent|unable to (?:create TLS context|set TLS)|error loading config|local only mode|unknown configuration variable|invalid (?:tls_version|listener|bridge|value) (?:value|option)?|error: (?:problem|duplicate|empty) .{0,40}(?:listener|config|certfile|keyfile|cafile)|duplicate \S+ value in configuration|address already in use|\{?(?:cacertfile|certfile|keyfile)[,:].{0,80}(?:enoent|eacces|invalid|bad_file)|failed_to_start_listener|listener\b.{0,40}\b(?:failed to start|could not (?:be )?start\w*)|\bbad_file\b|bad_(?:certfile|keyfile|cacertfile)/i,
        /\b(?:listener|broker|server)\b.{0,40}\b(?:misconfigured|wrongly configured|configuration (?:error|mistake)|refuses every)/i,
      ],
    },
    'config-not-in-force': {
      words: 'the configuration that was changed is not the one in force',
      patterns: [
        /\b(?:config\w*|conf|settings?)\b.{0,50}\b(?:is |was )?(?:not (?:the one )?(?:in force|loaded|used|read|applied|reloaded|saved)|ignored|another file|different file)|\b(?:ignores?|does not (?:read|load|use)) (?:the|its|my) (?:edited )?conf/i,
      ],
    },
    'no-certificate-wanted': {
      words: 'the configuration says that no client certificate is wanted',
      patterns: [
        /\brequire_certificate (?:is )?(?:set to )?false\b|\bverify_none\b|\bfail_if_no_peer_cert\W{1,4}false|\bclient (?:certificate|auth\w*)\b.{0,20}\b(?:is |are )?(?:switched off|disabled|off|not (?:required|wanted|needed))/i,
      ],
    },
    'policy-forbids': {
      words: 'the broker knows the client, and forbids what it asks for',
      printed: true,
      patterns: [
        /AUTHORIZATION_FAILURE|FORBIDDEN_ACCESS|authorization_permission_denied|not_authorized|\bacl[ _](?:deny|denied)|\bdenied (?:PUBLISH|SUBSCRIBE)|\bPolicy (?:does not|doesn't) (?:allow|permit)/i,
        /\bpolic(?:y|ies)\b.{0,60}\b(?:does ?n[o']t|not|never|missing|lacks?|denies|forbids?|wrong|restricts?|no longer|only allows)\b|\b(?:no|without(?: a| any)?|missing|wrong) (?:iot )?polic(?:y|ies)\b(?! now)|\biot:(?:Connect|Publish|Subscribe)\b.{0,60}\b(?:not|denied|missing|only)|\bclient ?id\b.{0,40}\b(?:does not match|not allowed|must (?:match|be|equal)|differs)/i,
      ],
    },
    'closed-without-connack': {
      words: 'after TLS the broker closed the connection, without an answer to CONNECT',
      patterns: [
        /\b(?:clos\w+|disconnect\w*|drops?|resets?|ends?|FIN|hangs? up)\b.{0,70}\b(?:without|before|instead of|no)\b.{0,16}\bconnack\b|\b(?:no|never an?|without an?) connack\b|(?<!and )\b(?:tls|ssl) (?:handshake )?(?:is |was )?(?!and mqtt)(?:ok|succeed\w*|success\w*|complet\w*|fine|works|established)\b.{0,80}\b(?:clos\w+|disconnect\w*|drop\w*|reset)\b/i,
      ],
    },
    'not-registered-there': {
      words: 'the cloud does not know this device or its certificate',
      patterns: [
        /\b(?:device|thing|certificate|cert|client|identity)\b.{0,40}\b(?:is |was |has )?(?:not (?:been |yet )?(?:registered|provisioned|found|known|enrolled|associated|onboarded)|(?<!<|certificate |cert )unknown\b(?! ca| protocol|_ca)|unregistered|does not exist|never (?:been )?(?:registered|provisioned|onboarded|enrolled|claimed|activated|added))\b|DeviceNotFound|\b404001\b|\bnot provisioned\b/i,
        /\bJIT[PR]\b|just[- ]in[- ]time (?:registration|provisioning)|\bfirst connect\w*\b.{0,40}\b(?:closed|drop\w*|disconnect\w*)\b.{0,40}\bregist/i,
        /\b(?:CN|common name|subject)\b.{0,50}\b(?:differs?|is not|does not (?:match|equal)|not (?:equal|the same)|other than|mismatch|must (?:be|equal|match))\b.{0,40}\b(?:device|client|thing|registration)[ _-]?(?:id|name)?\b/i,
      ],
    },
    'certificate-inactive': {
      words: 'the client certificate is known, and not active',
      patterns: [
        /\b(?:certificate|cert|device|thing|identity|status|state)\b.{0,40}\b(?:is |was |are |set to |marked )?(?:INACTIVE|REVOKED|deactivated|disabled|PENDING_ACTIVATION|not (?:yet )?(?:been )?activ(?:e|ated))\b|\b(?:forgot to |not )activat\w* (?:the |its )?(?:certificate|cert)\b|\bactivat\w+ (?:the |its )?(?:certificate|cert)\b.{0,40}\b(?:works?|cures?|fix\w*|helps?|solv\w*|connects?)/i,
      ],
    },
    'same-client-id': {
      words: 'two clients use the same client id',
      patterns: [
        /DUPLICATE_CLIENT_?ID|\b(?:same|identical|duplicate|shared?|hard-?coded|fixed)\b.{0,24}\b(?:mqtt )?client[ _-]?id/i,
        /\bclient[ _-]?ids?\b.{0,40}\b(?:same|identical|not unique|hard-?coded|shared|used twice|duplicate)\b/i,
      ],
    },
    'one-throws-out-the-other': {
      words: 'when one device connects, another one is thrown out',
      patterns: [
        /\b(?:second|other|another|next|new)\b.{0,20}\b(?:comes? (?:online|up)|connects?|joins?|starts?|is switched on)\b.{0,60}\b(?:thrown|kicked|disconnect\w*|dropped|drops?|goes offline|loses?|falls? off)\b/i,
      ],
    },
    'same-image-on-several': {
      words: 'several boards run the same image',
      patterns: [
        /\b(?:several|two|three|both|many|all|multiple|more than one|second)\b.{0,24}\b(?:boards?|devices?|units?|clients?|kits?)\b.{0,50}\bsame\b.{0,16}\b(?:image|firmware|binary|code|hex|application|certificates?|credentials?|sketch|build)\b|\bsame\b.{0,16}\b(?:image|firmware|binary|code|hex|certificate|build)\b.{0,40}\b(?:several|two|three|both|many|all|multiple|every)\b.{0,16}\b(?:boards?|devices?|units?|kits?)/i,
        /\bas soon as\b.{0,30}\b(?:second|another|other)\b.{0,16}\b(?:board|device|client|unit)\b.{0,40}\bconnects?/i,
      ],
    },
    'connects-and-drops': {
      words: 'it connects, drops and connects again, in a cycle',
      patterns: [
        /\b(?:drops?|disconnect\w*|closed|kicked|lost)\b.{0,30}\b(?:and|then)\b.{0,16}\b(?:re-?connects?|connects? again)\b|\b(?:connect\w*)\b.{0,16}\b(?:and|then)\b.{0,16}\b(?:disconnect\w*|drops?)\b.{0,30}\b(?:again and again|in a (?:loop|cycle)|repeatedly|endless\w*|every|constantly|continuous\w*)|\b(?:endless|constant|repeated|continuous|infinite)\w*\b.{0,16}\b(?:re-?connect\w*|connect\w*.disconnect\w*)|\bre-?connect(?:ing|s)? (?:loop|cycle|storm)/i,
      ],
    },
    'taken-over': {
      words: 'another connection took over the client id',
      printed: true,
      patterns: [
        /session taken over|already connected, closing old|\bSESSION_TAKEN_OVER\b|\btakenover\b|reason(?: code)?[:= ]+(?:0x8e|142)\b|\b(?:discarded|kicked)\b.{0,20}\b(?:by|due to)\b.{0,24}\b(?:same|duplicate|another|new) (?:client|session|connection)/i,
      ],
    },
    'silent-too-long': {
      words: 'the session was dropped because the client was silent for too long',
      printed: true,
      patterns: [
        /exceeded timeout|KEEP_?ALIVE_TIMEOUT|keep-?alive[ _](?:timed? ?out|time-?out|expired|exceeded|missed)|PINGRESP (?:not received|time-?out|missing)|no PINGRESP|ping (?:response )?time-?out|reason(?: code)?[:= ]+(?:0x8d|141)\b|mqtt_keepalive_timer failed/i,
        /\b(?:idle|silent|quiet|asleep|sleep\w*|PSM|eDRX|NAT)\b.{0,60}\b(?:disconnect\w*|drop\w*|time-?out|connection (?:is )?lost|keep-?alive)\b|\bshorter keep-?alive\b.{0,40}\b(?:works?|helps?|cures?|fix\w*|solv\w*)|\bkeep-?alive\b.{0,40}\b(?:shorter|lower|reduc\w*|decreas\w*)\b.{0,40}\b(?:works?|helps?|cures?|fix\w*|solv\w*)/i,
      ],
    },
    'wrong-password': {
      words: 'user name, password or token are not accepted',
      printed: true,
      patterns: [
        /bad[ _]user ?name[ _]or[ _]password|\b(?:wrong|invalid|incorrect|bad) (?:user ?name|password|SAS|token)|\b(?:password|SAS token|token)\b.{0,24}\b(?:is |was |has )?(?:wrong|incorrect|expired|invalid|rejected)\b/i,
      ],
    },
    'only-intermediate-fails': {
      words: 'what an intermediate CA issued is refused, and what the root issued is not',
      patterns: [
        /\bintermediate\b.{0,80}\b(?:does not|doesn't|fails?|refused|rejected|missing|not (?:sent|included|trusted|known|accepted))\b/i,
      ],
    },
  },
)
