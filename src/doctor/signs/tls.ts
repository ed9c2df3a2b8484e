import { signTable } from './sign.ts'

/** What lines and people say of TLS between the two ends. Wordings are those of OpenSSL, mbedTLS, Erlang, Go, Java, Node and Python. */
export const tlsSigns = signTable(
  /tls|ssl|cert|chain|cipher|handshake|protocol|version|host|clock|time|19[78]\d|psk|first|plain|unencrypted|packet|http|bytes|server|root|\bCA\b/i,
  {
    'name-not-in-certificate': {
      words: 'the name that was asked for is not in the certificate',
      printed: true,
      patterns: [
        /host ?name ?(?:verification failed|mismatch)|ALTNAME_INVALID|COMMON_NAME_INVALID|HOSTNAME_MISMATCH/i,
        /(?:host ?name|\bIP\b|address|common name|\bCN\b|altname|name).{0,60}(?:does ?n[o']t match|not match|mismatch|(?:is )?not (?:in|among|listed)|differs from|missing (?:in|from)).{0,40}(?:cert|SAN\b|altname|subject|server|host|CN\b|common name)/i,
        /does not match (?:the )?(?:cert|altname|target host|host ?name)|doesn't contain any IP SANs|certificate is valid for .{1,80}, not|no (?:subject )?alternative (?:DNS )?(?:certificate )?(?:subject )?names? (?:matching|present|found)|IP address mismatch/i,
      ],
    },
    'plain-on-tls': {
      words: 'what came to the TLS port is no TLS, or TLS came to a port without it',
      printed: true,
      patterns: [
        /unknown protocol|wrong[ _]version[ _]number|first packet not connect|:http request|not an? (?:SSL|TLS)(?:\/TLS)? record|does not look like a TLS handshake|unsupported record version|plaintext connection\?|plain HTTP request|HTTP request to an HTTPS|RECORD_TOO_LONG|packet length too long/i,
        /\bfirst (?:packet|bytes?)\b.{0,30}\b(?:is|are|was|begins? with|starts? with) (?:0x)?10\b|\b(?:plain|unencrypted)\b.{0,30}\b(?:mqtt|http|tcp|text|connect\w*)\b.{0,40}\b(?:tls|ssl|secure|8883|443)\b|\bfirst byte (?:is |was )?(?:0x)?10\b/i,
        /\b(?:without|no) (?:tls|ssl)\b.{0,30}\b(?:8883|443|tls port)\b|\b(?:8883|443)\b.{0,40}\b(?:without|no) (?:tls|ssl)\b|\b(?:tls|ssl)\b.{0,30}\bport 1883\b/i,
        /\b(?:tls|ssl|secure transport) (?:is |was )?(?:not (?:enabled|switched on|configured|compiled)|disabled|off)\b.{0,40}\b(?:8883|443)?/i,
      ],
    },
    'no-common-version': {
      words: 'the two ends have no TLS version in common',
      printed: true,
      patterns: [
        /unsupported[ _]protocol|(?:protocol )?version too low|no protocols available|alert protocol[ _]version|unsupported[ _]versions?\b|protocol is disabled|no supported versions/i,
        /\b(?:only|requires?|needs?|insists? on|minimum|min(?:imum)?[ _]version)\b.{0,20}\bTLS ?v?1[._]3\b|\bTLS ?v?1[._]3[ -]only\b|\btls_version tlsv1\.3\b|\bonly\b.{0,12}\bTLS ?v?1\.[01]\b|\bTLS ?v?1[._]3\b.{0,40}\b(?:not supported|unsupported|fails?)\b/i,
      ],
    },
    'no-common-suite': {
      words: 'the two ends have no cipher suite in common',
      printed: true,
      patterns: [
        /no[ _]shared[ _]cipher|no ciphers? (?:suites? )?(?:in common|available|match)|no (?:common|matching|mutual) (?:cipher|suite)|alert insufficient[ _]security|no suitable (?:signature|key share|cipher)|cipher(?: ?suite)?s? (?:mismatch|not supported|unsupported)|unsupported (?:cipher|curve|elliptic)|unsupported[ _]certificate[ _]type/i,
      ],
    },
    'not-yet-valid': {
      words: 'a certificate looks not yet valid: a clock is wrong',
      printed: true,
      patterns: [
        /validity starts in the future|not[ _]yet[ _]valid|is not valid (?:yet|before)|BADCERT_FUTURE|notBefore.{0,30}future/i,
      ],
    },
    'clock-wrong': {
      words: 'the clock of the device is not set',
      patterns: [
        /\b(?:clock|time|date|rtc|year)\b.{0,40}\b(?:19[78]\d|2000-01-01|epoch)\b|C?CLK: "(?:70|80)\/01|\b19[78]\d-01-0\d\b/i,
        /\b(?:clock|time|date|rtc)\b (?:is |was |has )?(?:not (?:yet )?(?:been )?|un)(?:set|sync\w*|known|available|valid)|\bwithout (?:a )?(?:valid )?(?:time|clock|sntp|ntp)\b|\bbefore (?:the )?(?:time|clock|sntp|ntp)\b.{0,20}\b(?:sync|set|is|was|came)|\b(?:once|after|when) (?:the )?(?:time|clock|sntp|ntp)\b.{0,30}\b(?:set|sync\w*|known)\b.{0,40}\b(?:work|connect|fine|ok)/i,
      ],
    },
    'first-attempt-fails': {
      words: 'the first attempt after a start fails, and later ones work',
      patterns: [
        /\bonly the first\b.{0,40}\b(?:connect\w*|attempt|handshake|try)\b.{0,50}\bfails?|\bfirst (?:connect\w*|attempt|handshake|try)\b.{0,50}\bfail\w*.{0,60}\b(?:later|next|second|then|afterwards|subsequent)\b.{0,30}\b(?:works?|succeeds?|ok|fine)/i,
        /\b(?:later|minutes?|seconds?|retry|second (?:attempt|try))\b.{0,30}\bthe same (?:connect\w*|attempt|request|code)\b.{0,20}\b(?:works?|succeeds?)/i,
      ],
    },
    'other-server-works': {
      words: 'from the same device another server works',
      patterns: [
        /\b(?:other|another|different|demo|public|second|test)\b.{0,24}\b(?:host|server|broker|endpoint|site|cloud|url)s?\b.{0,80}\b(?:works?|connects?|succeeds?|fine|ok)\b/i,
        /\b(?:works?|connects?|succeeds?)\b(?: fine| well)? (?:with|to|against|on|for) (?:an?other|a different|other|the public|the demo|a public|example\.com|google)/i,
        /\b(?:host|server|endpoint)\b.{0,60}\bwith its (?:CA|root|cert\w*)\b.{0,20}\bworks\b|\bWorking (?:endpoint|server|host|url)\b/i,
      ],
    },
    'server-changed': {
      words: "the server's chain or certificate has changed, or has expired",
      printed: true,
      patterns: [
        /\b(?:server|broker|site|host|cloud|endpoint|its|their|root|CA|intermediate|certificate|chain)\b.{0,40}\b(?:renewed|rotated|rotation|replaced|migrated|expired|re-?issued|(?:was|has|had|were|been) changed|(?:moved|switched|changed) to (?:an?other|a (?:new|different)))\b|\bnew (?:root|CA|server certificate|intermediate|chain)\b|\bcertificate has expired\b|\bCERT_HAS_EXPIRED\b|\bnotAfter\b.{0,30}\b(?:past|passed|expired)/i,
      ],
    },
    'root-not-the-issuer': {
      words: "the stored root CA is not the one above the server's certificate",
      patterns: [
        /\badd(?:ing|ed) (?:the )?(?:broker|server)'?s? (?:CA|root)\b|\b(?:wrong|another|other|different|missing|incorrect|old)\b.{0,12}\b(?:root|CA)\b(?: cert\w*)?\b|\b(?:root|CA)\b(?: cert\w*)?.{0,16}\b(?:is |was )?(?:wrong|missing|outdated|not the (?:issuer|one|right)|incorrect|too old)\b|\b(?:right|correct|proper|new)\b.{0,12}\b(?:root|CA)\b.{0,50}\b(?:works?|connects?|cures?|fix\w*|solv\w*|helps?)\b/i,
      ],
    },
    // No log says so; a witness that sees the handshake does (TLS-27, TLS-29).
    'gave-up-at-its-key': {
      words: 'the device ended the handshake where its private key is used',
      patterns: [],
    },
    'handshake-timed-out': {
      words: 'the handshake got no answer in time',
      printed: true,
      patterns: [
        /\b(?:d?tls|ssl|handshake)\b.{0,40}\b(?:timed? ?out|time-?out)\b|\b(?:timed? ?out|time-?out)\b.{0,40}\bhandshake|HANDSHAKE_TIMEO|\bretransmi\w+.{0,30}(?:client ?hello|handshake|flight)|\bClientHello\b.{0,40}\b(?:again|repeat|resent|no answer|unanswered)/i,
      ],
    },
    'longer-timeout-helps': {
      words: 'with a longer time-out it works',
      patterns: [
        /\b(?:longer|larger|increas\w+|rais\w+|bigger)\b.{0,30}\btime-?outs?\b.{0,60}\b(?:works?|helps?|cures?|fix\w*|solv\w*|connects?)|\b(?:works?|fixed|solved|connects?)\b.{0,30}\b(?:longer|larger|increas\w+|rais\w+)\b.{0,30}\btime-?out/i,
      ],
    },
    'chain-too-large': {
      words: 'the certificate chain is larger than the modem takes (4 kB)',
      patterns: [
        /\b(?:chain|certificates?|CA)\b.{0,50}\b(?:too (?:large|big|long)|exceed\w*|larger than|bigger than|over|more than|above)\b.{0,24}(?:4 ?k|4096|limit|buffer|modem|2 ?k|2048|$)|\b(?:4 ?kB|4096)[ -](?:byte )?limit\b.{0,60}\b(?:chain|certificate)/i,
        /\b(?:short|small|tiny)(?:er)?\b.{0,24}\b(?:chain|certificate)s?\b.{0,50}\b(?:works?|helps?|cures?|connects?|fix\w*)|\b(?:works?|connects?|fixed|solved)\b.{0,40}\b(?:short|small)er\b.{0,24}\b(?:chain|certificate)/i,
      ],
    },
    'psk-in-use': {
      words: 'a pre-shared key is in use',
      patterns: [/\bpsk\b|pre-?shared key/i],
    },
    'psk-form-wrong': {
      words: 'the pre-shared key is not written as the hexadecimal of its bytes, or not the one of the server',
      patterns: [
        /\b(?:psk|pre-?shared key)\b.{0,80}\b(?:plain ?text|ascii|as (?:a )?(?:text|string)|not (?:in )?hex\w*|instead of hex\w*|base64|mismatch|differs?|wrong|not the same|odd number)\b|\bhex\w*\b.{0,60}\b(?:psk|pre-?shared key)\b.{0,40}\b(?:works?|fix\w*|cures?|helps?|connects?|needed|required|expected)|\b(?:psk|pre-?shared key)\b.{0,60}\b(?:as|in|to) hex\w*\b.{0,30}\b(?:works?|fix\w*|cures?|helps?|connects?)/i,
      ],
    },
    'psk-identity-unknown': {
      words: 'the server does not know the identity of the pre-shared key, or its key is another',
      printed: true,
      patterns: [
        /unknown[ _]psk[ _]identity|psk[ _]identity (?:is )?(?:not (?:found|known)|unknown|mismatch|wrong)|alert (?:number )?115\b|no psk (?:found|for)|PSK_IDENTITY_NOT_FOUND/i,
      ],
    },
    'many-certificates-served': {
      words: 'the server sends a long handshake: its chain is large',
      printed: true,
      patterns: [/SSL handshake has read (?:[5-9]\d{3}|\d{5,}) bytes/],
    },
  },
)
