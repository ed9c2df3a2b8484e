import { signTable } from './sign.ts'

/** What lines and people say of SIM, registration, bearer, names and routes: all that comes before TLS. */
export const networkSigns = signTable(
  /IMSI|CEER|illegal|allowed|localhost|getaddrinfo|\bEAI_|ENOTFOUND|NXDOMAIN|\[S\]|[18]88[34]|refused|lookup|telnet|connect|errno|SIM\b|subscri|LTE|NB-?IoT|Cat-?M|coverage|network|APN|PDN|IP\b|address|resolv|DNS|host|firewall|port|refused|unreachable|reset|reboot|power|CFUN|ESM|CGPADDR|roam|plan|credit|quota|operator|route|broker|listen|search|antenna|uicc|card|country|site|place|moved|regist|CONEVAL|CGDCONT|CELL/i,
  {
    'sim-inactive': {
      words: 'the SIM or its subscription is not active',
      patterns: [
        /\bIMSI unknown\b|\billegal (?:UE|ME)\b|\bEPS services (?:and non-EPS services )?not allowed\b(?! in)/i,
      ],
    },
    'sim-not-found': {
      words: 'no SIM is found',
      printed: true,
      patterns: [
        /\b(?:SIM|UICC)(?: card)? (?:error|not (?:detected|found|inserted|initiali[sz]ed|recogni[sz]ed|present)|fail(?:ure)?)\b|\bno UICC\b|%CONEVAL: 2\b/i,
      ],
    },
    'sim-refuses': {
      words: 'a question to the SIM is answered with an error',
      printed: true,
      patterns: [/\b(?:CPIN|XICCID|CIMI)\b\??.{0,24}\b(?:ERROR|fails?|failed|refused)\b/i],
    },
    'sim-changed': {
      words: 'the SIM was changed',
      patterns: [],
    },
    'place-changed': {
      words: 'it was moved to another network or place',
      patterns: [],
    },
    'one-radio-only': {
      words: 'the network there offers only one of LTE-M and NB-IoT, and the device asks for the other',
      patterns: [
        /\b1,0,[01],\d\b.{4,120}\b0,1,[01],\d\b.{0,80}\bCEREG: ?(?:\d,)?[15]\b|\b0,1,[01],\d\b.{4,120}\b1,0,[01],\d\b.{0,80}\bCEREG: ?(?:\d,)?[15]\b/,
      ],
    },
    'never-registers': {
      words: 'the device never gets into the network',
      patterns: [
        /(?<![a-z])registration[ _](?:status|state)\b\W{0,3}(?:2\b|4\b|(?:not registered|searching|unknown|denied)\b)|\b(?:LTE|network)\b.{0,16}\b(?:connect\w*|attach\w*|registration|search) (?:time[- ]?(?:d )?out|failed)\b|\bSEARCH STATUS [12]\b|\bNO CELL FOUND\b|%CONEVAL: [13]\b/i,
      ],
    },
    'resets-do-not-help': {
      words: 'resets do not help, and taking the power away does',
      patterns: [],
    },
    'network-refuses': {
      words: 'the network does not let this SIM in',
      patterns: [
        /\battach reject|\b(?:PLMN|roaming|tracking area) not allowed\b|\bnot allowed in this (?:PLMN|TA|tracking area)\b|\bno suitable cells\b|\bregistration (?:was |is )?(?:denied|rejected)|\bEMM reject|\breject(?:ed)? by the network/i,
      ],
    },
    'network-stands': {
      words: 'the device is in the network',
      patterns: [],
    },
    'sim-fine': {
      words: 'the SIM works elsewhere, or another one changes nothing',
      patterns: [],
    },
    'network-forbidden': {
      words: 'the card remembers a network that refused it',
      patterns: [],
    },
    'apn-wrong': {
      words: 'the bearer does not come up, or carries no data: the APN',
      patterns: [
        /\+CNEC_ESM: (?:8|2[6-9]|3[0-3])\b|\b(?:PDN|PDP)\b.{0,40}\b(?:configuration error|reject\w*|denied)|\bCGPADDR\b.{0,24}(?<![\d.])0\.0\.0\.0\b|\bCGPADDR: \d+(?:,"(?:0\.0\.0\.0)?")?(?![,"\d])|\bCGDCONT: \d+,"[A-Z0-9]*","",|\bESM (?:cause |error )?(?:27|29|33)\b/i,
      ],
    },
    'name-not-resolved': {
      words: 'the name is not resolved',
      patterns: [
        /\blookup error|\bcould not resolve|name or service not known|unknown host|NXDOMAIN|nodename nor servname|EAI_(?:NONAME|AGAIN|FAIL|NODATA)|\bENOTFOUND|CANNOT_RESOLVE_HOSTNAME|couldn't get hostname|DNS (?:resolution )?failed|temporary failure in name resolution/i,
      ],
    },
    'port-closed': {
      words: 'nothing answers at that address and port',
      printed: true,
      patterns: [
        /^\W*(?:error: |nc: |curl: |telnet: |connect: ?|\[errno \d+\] )?connection refused\b(?!.{0,3} ?(?:not auth|bad|ident|server unav|unaccept))|\bECONNREFUSED \S+:\d+|connect:errno=1(?:10|11|13)|\bnobody listens\b|\b(?:closed|filtered) +(?:secure-mqtt|https?|mqtt)\b/i,
        /\b(?:telnet|nc|ncat|netcat|curl|nmap|openssl|mosquitto_(?:pub|sub))\b.{0,90}\b(?:refused|time[sd]? ?out|time-?out|unreachable|no route to host|filtered)\b/i,
        // The first packet again and again, as tcpdump shows it; a port of several that were tried from one place.
        /(?:\[S\]\W{0,3}){2,}|\b[18]88[34]\b\W{0,3}(?:->|→|=>)\W{0,2}(?:1(?:10|16)\b|ETIMEDOUT|time[sd]?[- ]?out)/,
      ],
    },
    'dials-itself': {
      words: 'it connects to its own address, where no broker is',
      printed: true,
      patterns: [
        /\bconnect ECONNREFUSED (?:127\.0\.0\.1|::1)|\bfailed to connect to localhost\b|\bConnect\w*Exception\b.{0,60}\blocalhost\b/i,
      ],
    },
    'port-open': {
      words: 'from a computer, the address and port take connections',
      printed: true,
      patterns: [
        /\bConnection to \S+ (?:\(\S+\) )?\d{1,5} port \[\S+\] succeeded|^\(UNKNOWN\) \[\S+\] \d{1,5} \S* ?open\b|^\d{1,5}\/tcp +open\b|^Ncat: Connected to \S+:\d|^Connected to \S+\.$/,
      ],
    },
    'other-network-works': {
      words: 'by another network or SIM the same device works',
      patterns: [],
    },
  },
)
