import { signTable } from './sign.ts'

/** What lines and people say of TLS between the two ends. Wordings are those of OpenSSL, mbedTLS, Erlang, Go, Java, Node and Python. */
export const tlsSigns = signTable(
  /\bmac\b|[18]883|WiFiClient|Ethernet|TinyGsm|4d.51|sync|step|X509|SEC_E_|BADCERT|Not(?:Time|Yet)|frame|algorithm|trust|principal|principle|name|current|decrypt|record|tls|ssl|cert|chain|cipher|handshake|protocol|version|host|clock|time|19[78]\d|psk|first|plain|unencrypted|packet|http|bytes|server|root|\bCA\b/i,
  {
    'name-not-in-certificate': {
      words: 'the name that was asked for is not in the certificate',
      printed: true,
      patterns: [
        /host ?name ?(?:verification failed|mismatch)|ALTNAME_INVALID|COMMON_NAME_INVALID|HOSTNAME_MISMATCH|RemoteCertificateNameMismatch|SEC_E_WRONG_PRINCIPAL|BAD_SERVER_NAME|DOMAIN_NAME_MISMATCH|BADCERT_CN_MISMATCH|\bNotValidForName\b|hostname_check_failed|expected server name was not found|target principal name is incorrect|relies on legacy Common Name/i,
        /does not match (?:the )?(?:altname|target host|host ?name)|(?<!\b(?:thumbprint|fingerprint|key|hash|modulus)\b.{0,60})does not match (?:the )?cert|doesn't contain any IP SANs|certificate is (?:not )?valid for|no (?:subject )?alternative (?:DNS )?(?:certificate )?(?:subject )?names? (?:matching|matches|present|found)|\bNo subjectAltNames\b|\bpeer subject name mismatch|\bHost \S{1,80} was not verified|IP address mismatch|\bname in the certificate does not match|\b(?:host ?name|subject name|common name)\b.{0,60}\b(?:not verified|(?:does not|doesn't|did not) match)|\(CN\) does not match|\bcertificate is valid for [\w.*, -]{1,120}, not /i,
      ],
    },
    'names-differ': {
      words: 'the name that is connected to is not the one in the certificate that is shown',
      printed: true,
      patterns: [],
    },
    'plain-on-tls': {
      words: 'what came to the TLS port is no TLS, or TLS came to a port without it',
      printed: true,
      patterns: [
        /invalid QoS: ?3|invalid (?:mqtt )?(?:header|packet) (?:flags|type)|malformed (?:fixed header|remaining length)|unknown packet type|unexpected TLS packet was received|unrecogni[sz]ed SSL message|cannot determine the frame size|unexpected packet format|SEC_E_ILLEGAL_MESSAGE|unknown protocol|wrong[ _]version[ _]number|first packet not connect|:http request|not an? (?:SSL|TLS)(?:\/TLS)? record|does not look like a TLS handshake|unsupported record version|unsupported_record_type|plaintext connection\?|plain HTTP request|HTTP request to an HTTPS|RECORD_TOO_LONG|packet length too long/i,
        /\b(?:WiFi|Ethernet|TinyGsm)Client\b.{0,100}\b8883\b|(?<![\w+-])(?:mqtt|tcp):\/\/[^\s/]{1,80}:8883\b|\b(?:mqtts|ssl):\/\/[^\s/]{1,80}:1883\b|\bws:\/\/.{0,120}\bis wss\b|[:=]\s?1883\b.{0,80}\b(?:with TLS|usingSSL\W{1,3}(?:YES|true|1)|(?:use_?)?(?:tls|ssl)\W{1,3}(?:true|YES|on)\b)/,
        // A CONNECT that can be read on the way: `10 1b 00 04 4d 51 54 54`.
        /\b(?:first|payload|packet|capture\w*|wireshark|tcpdump|sniff\w*)\b.{0,60}\b(?:0x)?10[ :][0-9a-f]{2}[ :]00[ :]0[46][ :]4d[ :]51\b/i,
        // A listener without TLS that shows the first bytes of a TLS or DTLS record.
        /\b(?:invalid|unexpected|unknown|malformed|bad|illegal)\b.{0,80}\b16[ :]?(?:03[ :]?0[0-4]|fe[ :]?f[df])/i,
        // RabbitMQ: a plain listener on the port where clients speak TLS.
        /\blisteners\.tcp\.\w{1,24}\s*=\s*(?:\S{1,60}:)?8883\b/,
        /\bfirst (?:\w+ )?(?:packet|bytes?)\b.{0,60}\b(?:is|are|was|begins? with|starts? with) (?:0x)?10\b/i,
      ],
    },
    'plain-client-in-code': {
      words: 'the client in the code is one without TLS',
      printed: true,
      patterns: [/\b(?:WiFi|Ethernet|TinyGsm)Client \w{1,40} ?(?:;|\()|\bnew (?:WiFi|Ethernet)Client\(/],
    },
    'tls-port-dialled': {
      words: 'the port that is dialled is the one for TLS',
      printed: true,
      patterns: [/\b(?:setServer|connect|begin)\(.{0,80}\b8883\b|(?:\b|_)port\w*\W{1,4}8883\b/i],
    },
    'no-common-version': {
      words: 'the two ends have no TLS version in common',
      printed: true,
      patterns: [
        /no appropriate protocol|inappropriate protocol|offered only unsupported versions|unsupported[ _]protocol|\bVERSION_ERROR\b|(?:protocol )?version too low|no protocols available|alert protocol[ _]version|unsupported[ _]versions?\b|protocol is disabled|no supported versions/i,
        /\btls_version tlsv1\.3\b/,
      ],
    },
    'no-common-suite': {
      words: 'the two ends have no cipher suite in common',
      printed: true,
      patterns: [
        /do not possess a common algorithm|NO_CIPHER_OVERLAP|got no ciphersuites|MATCH_SUITE_ERROR|no[ _]shared[ _]cipher|no ciphers? (?:suites? )?(?:in common|available|match)|alert insufficient[ _]security|no suitable (?:signature|key share|cipher)|unsupported (?:curve|elliptic)|unsupported[ _]certificate[ _]type/i,
      ],
    },
    'not-yet-valid': {
      words: 'a certificate looks not yet valid: a clock is wrong',
      printed: true,
      patterns: [
        /CERT_NOT_YET_VALID|CertificateNotYetValid|\bNotValidYet\b|ASN_BEFORE_DATE|current time (?:19[78]\d|20(?:0\d|1[0-5]))|validity starts in the future|not[ _]yet[ _]valid|is not valid (?:yet|before)|BADCERT_FUTURE|notBefore.{0,30}future/i,
      ],
    },
    'not-valid-now': {
      words: 'a certificate is expired or not yet valid, or the clock that says so is wrong',
      printed: true,
      patterns: [/expired or (?:is )?not yet valid|\bNotTimeValid\b/i],
    },
    'clock-wrong': {
      words: 'the clock of the device is not set',
      patterns: [
        /\btime\((?:nullptr|NULL|0)\)\D{0,16}\b\d{1,6}\b(?!-)|\b(?:system|device|current|board|host)\b.{0,12}\b(?:time|date|clock)\b.{0,24}\b(?:19[789]\d|200\d)\b|\b2000-01-01\b|\bRTC\b.{0,30}\b(?:2000|reset|lost|invalid)\b|C?CLK: "(?:70|80)\/01|\b19[78]\d-01-0\d\b|\bJan +1 \d\d:\d\d:\d\d 19[78]\d|\b0?1 Jan 19[78]\d|\b(?:19[78]\d\/0?1\/0?1|0?1\/0?1\/19[78]\d)\b/,
      ],
    },
    'clock-set-late': {
      words: 'the clock was set from the network, and only then',
      printed: true,
      patterns: [
        /\bInitial (?:clock )?synchroni[sz]ation\b|\bsystem clock (?:was stepped|wrong by)|\btime (?:has been |was |is )?synchroni[sz]ed\b|\bSNTP\b.{0,24}\b(?:sync\w*|completed)|\bnetwork time changed\b|\bclock (?:unsynchroni[sz]ed|not synchroni[sz]ed)/i,
      ],
    },
    'first-attempt-fails': {
      words: 'the first attempt after a start fails, and later ones work',
      patterns: [],
    },
    'other-server-works': {
      words: 'from the same device another server works',
      patterns: [/\bWorking (?:endpoint|server|host|url)\b/i],
    },
    'server-accepted': {
      words: "the client accepted the server's certificate",
      printed: true,
      patterns: [/\bCertificate verified\.|\bserver certificate (?:verif(?:y|ied|ication) OK|is trusted)/i],
    },
    'tls-stands': {
      words: 'the handshake of TLS came to its end',
      printed: true,
      patterns: [
        /\b(?:TLS|SSL|DTLS)(?: handshake| session| connection)? (?:is |was )?(?:established|complete[d]?|done|finished|succe\w+|OK)\b|\bhandshake (?:is |was )?(?:complete[d]?|done|finished|succe\w+|ok)\b/i,
      ],
    },
    'no-check-in-vain': {
      words: 'without a check of the certificate it fails as well',
      patterns: [],
    },
    'computer-works': {
      words: 'from a computer or with another client the same works',
      patterns: [],
    },
    'computer-fails-too': {
      words: 'from a computer or with another client it fails too',
      patterns: [],
    },
    'server-changed': {
      words: "the server's chain or certificate has changed, or has expired",
      printed: true,
      patterns: [
        /certificate has expired\b(?! or)|\bCERT_HAS_EXPIRED\b|CertificateExpiredException|SEC_E_CERT_EXPIRED|BADCERT_EXPIRED|certificate validity has expired|chain uses expired certificate|ASN_AFTER_DATE|\{bad_cert,\s*cert_expired\b|\bInvalidCertificate\(Expired\)|peer certificate: Expired\b|\bis after 20\d\d-\d\d-\d\dT/i,
      ],
    },
    'root-not-the-issuer': {
      words: "the stored root CA is not the one above the server's certificate",
      patterns: [],
    },
    'no-check-cures': {
      words: 'without a check of the certificate it works',
      patterns: [],
    },
    'nothing-changed': {
      words: 'nobody touched it',
      patterns: [],
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
        /HANDSHAKE_TIMEO|\bhandshake expired|\bflight \d+ retransmi\w+|\bhandshake (?:timed? ?out|time-?out)\b|\bClientHello\b.{0,40}\b(?:again|repeat|resent|no answer|unanswered)/i,
      ],
    },
    'longer-timeout-helps': {
      words: 'with a longer time-out it works',
      patterns: [],
    },
    'chain-too-large': {
      words: 'the certificate chain is larger than the modem takes (4 kB)',
      patterns: [],
    },
    'psk-in-use': {
      words: 'a pre-shared key is in use',
      patterns: [/\bpsk\b|pre-?shared key/i],
    },
    'plain-port-used': {
      words: 'the port is the one for connections without TLS',
      printed: true,
      patterns: [/[\w.)\]]:1883\b|\bport[ :=]{1,3}1883\b/i],
    },
    'mac-fails': {
      words: 'the first message under the new keys cannot be read: the two ends have made different keys',
      printed: true,
      patterns: [
        /\bmac (?:validation|authentication|check)\b.{0,40}\bfail|bad[ _]record[ _]mac|decryption failed|decrypt(?:ion)?_failed/i,
      ],
    },
    'psk-form-wrong': {
      words: 'the pre-shared key is not written as the hexadecimal of its bytes, or not the one of the server',
      patterns: [
        /\bpsk\w*(?:key|secret)?\w*(?:\[\w*\])? ?= ?"(?=[^"]*[^0-9a-f"])[^"]{4,64}"(?<!id\w{0,8}(?:\[\w*\])? ?= ?"[^"]{4,64}")/i,
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
