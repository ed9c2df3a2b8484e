import { signTable } from './sign.ts'

/** What lines and people say of SIM, registration, bearer, names and routes: all that comes before TLS. */
export const networkSigns = signTable(
  /lookup|telnet|connect|errno|SIM\b|subscri|LTE|NB-?IoT|Cat-?M|coverage|network|APN|PDN|IP\b|address|resolv|DNS|host|firewall|port|refused|unreachable|reset|reboot|power|CFUN|ESM|CGPADDR|roam|plan|credit|quota|operator|route|broker|listen|search|antenna|uicc|card|country|site|place|moved/i,
  {
    'sim-inactive': {
      words: 'the SIM or its subscription is not active',
      patterns: [
        /\b(?:SIM|subscription|card|account|data plan|contract|ICCID)\b.{0,40}\b(?:is |was |had |has )?(?:not (?:yet )?(?:been )?activ(?:e|ated)|inactive|suspended|deactivated|expired|blocked by the operator|barred|ended|terminated|no (?:credit|data plan)|unpaid)\b|\b(?:activat\w+|top(?:ped|ping)? up|re-?enabl\w+)\b.{0,24}\b(?:SIM|subscription|card|plan)\b.{0,50}\b(?:works?|cures?|helps?|registers?|connects?|fix\w*|solv\w*)|\b(?:data|plan|quota|credit|allowance)\b.{0,24}\b(?:used up|exceeded|exhausted|reached|run out|ran out)\b|\bno (?:credit|data plan)\b/i,
      ],
    },
    'sim-not-found': {
      words: 'no SIM is found',
      printed: true,
      patterns: [
        /\b(?:SIM|UICC|card)\b.{0,30}\b(?:not (?:detected|found|inserted|initiali[sz]ed|recogni[sz]ed|present|readable|powered)|undetect\w*|missing|absent|failure|bad contact|loose)\b|\bre-?seat\w*\b.{0,40}\b(?:SIM|card)\b|\b(?:SIM|card)\b.{0,40}\bre-?seat/i,
      ],
    },
    'sim-refuses': {
      words: 'a question to the SIM is answered with an error',
      printed: true,
      patterns: [/\b(?:CPIN|XICCID|CIMI)\b\??.{0,24}\b(?:ERROR|fails?|failed|refused)\b/i],
    },
    'sim-changed': {
      words: 'the SIM was changed',
      patterns: [
        /\b(?:SIM|card|operator)\b.{0,16}\b(?:was |were |has been |been )?(?:changed|swapped|exchanged|replaced)\b|\b(?:changed|swapped|exchanged|replaced)\b.{0,12}\b(?:SIM|operator)\b|\bsince (?:the )?new SIM\b/i,
      ],
    },
    'place-changed': {
      words: 'it was moved to another network or place',
      patterns: [
        /\bmoved to (?:an?other|a different|a new) (?:network|country|place|site|operator)\b|\b(?:another|different|new) (?:country|place)\b|\bin roaming\b/i,
      ],
    },
    'one-radio-only': {
      words: 'the network there offers only one of LTE-M and NB-IoT, and the device asks for the other',
      patterns: [
        /\b(?:only|just)\b.{0,12}\b(?:NB-?IoT|LTE-?M|Cat-?M1?|CAT-?NB1?)\b|\b(?:NB-?IoT|LTE-?M|Cat-?M1?|CAT-?NB1?)\b.{0,16}\b(?:only|(?:is |was )?not (?:available|supported|offered|deployed|enabled|there|rolled out|covered))\b|\b(?:no|without) (?:NB-?IoT|LTE-?M|Cat-?M1?)\b/i,
        /\b(?:switch\w*|chang\w+|set(?:ting)?|mov\w+)\b.{0,40}\b(?:to|XSYSTEMMODE)\b.{0,24}\b(?:NB-?IoT|LTE-?M|Cat-?M1?|0,1,0|1,0,0)\b.{0,60}\b(?:works?|registers?|connects?|attach\w*|helps?|cures?|fix\w*|at once|instant\w*)/i,
      ],
    },
    'never-registers': {
      words: 'the device never gets into the network',
      patterns: [
        /\b(?:search\w*|scan\w*)\b.{0,30}\b(?:for ?ever|endless\w*|all the time|hours?|never)\b|\bnever\b.{0,16}\b(?:registers?|attach\w*|gets? (?:a )?network|finds? a (?:cell|network))\b|\bno (?:coverage|signal|reception|cell)\b|\b(?:does not|doesn't|cannot|can't|won't|unable to|fail\w* to) (?:register|attach|find (?:any |a )?(?:network|cell))\b/i,
      ],
    },
    'resets-do-not-help': {
      words: 'resets do not help, and taking the power away does',
      patterns: [
        /\b(?:reset\w*|reboot\w*|restart\w*|CFUN=4|sys_reboot|soft reset)\b.{0,40}\b(?:does? not|doesn't|don't|never|did not|no) (?:help|cure|change|clear|fix|solve)\w*|\bonly (?:a |after (?:a )?)?(?:power[- ]?cycl\w*|removing (?:the )?(?:power|battery|supply)|unplugging|CFUN=0)\b|\b(?:until|after)\b.{0,20}\b(?:power[- ]?cycl\w*|power (?:is |was )?(?:removed|taken|off)|battery (?:is |was )?(?:removed|taken))\b|\bpower[- ]?cycl\w*\b.{0,30}\b(?:helps?|cures?|works?|registers?|fix\w*|clears?|connects?)\b/i,
      ],
    },
    'apn-wrong': {
      words: 'the bearer does not come up, or carries no data: the APN',
      patterns: [
        /\bAPN\b.{0,50}\b(?:wrong|missing|unknown|not (?:set|configured|found|the)|empty|another|different|incorrect|authenticat\w*|rejected|must|needs?|had to)\b|\b(?:wrong|missing|unknown|no|other|correct|right|another|set(?:ting)? the)\b.{0,12}\bAPN\b|\+CNEC_ESM: (?:8|2[6-9]|3[0-3])\b|\b(?:PDN|PDP)\b.{0,40}\b(?:configuration error|fail\w*|reject\w*|error|denied|not activat\w*|deactivat\w*)|\bCGPADDR: \d+(?:,"(?:0\.0\.0\.0)?")?\s*$|\bno IP(?:v4|v6)? address\b|\bESM (?:cause |error )?(?:27|29|33)\b/i,
      ],
    },
    'name-not-resolved': {
      words: 'the name is not resolved',
      patterns: [
        /\blookup error|\bcould not resolve|name or service not known|unknown host|NXDOMAIN|nodename nor servname|EAI_(?:NONAME|AGAIN|FAIL|NODATA)|ENOTFOUND|temporary failure in name resolution|\bDNS\b.{0,40}\b(?:fail\w*|time-?out|timed out|error|not (?:reach\w*|work\w*|resolv\w*|answer\w*)|wrong|broken)\b|\b(?:name|host ?name|domain|FQDN|URL)\b.{0,30}\b(?:is |was |can ?not be |cannot |could not be |not )(?:not )?resolv\w*/i,
        /\b(?:by|with|using|to) (?:the |its |an? )?IP(?: address)?\b.{0,40}\b(?:it )?(?:works|connects|succeeds|is fine)\b/i,
      ],
    },
    'port-closed': {
      words: 'nothing answers at that address and port',
      printed: true,
      patterns: [
        // The modem's own "connection refused" stands for a credential as well (ERR-83): only what a computer says counts.
        /^\W*(?:error: |nc: |curl: |telnet: |connect: ?|\[errno \d+\] )?connection refused\b(?!.{0,3} ?(?:not auth|bad|ident|server unav|unaccept))|\bECONNREFUSED \S+:\d+|connect:errno=1(?:10|11|13)|\bnobody listens\b|\b(?:closed|filtered) +(?:secure-mqtt|https?|mqtt)\b/i,
        /\b(?:telnet|nc|ncat|netcat|curl|nmap|ping|openssl|mosquitto_(?:pub|sub)|plain TCP|PC|laptop|computer|port \d+)\b.{0,90}\b(?:refused|time[sd]? ?out|time-?out|unreachable|no route to host|filtered|no answer)\b/i,
        /\b(?:firewall|port|NAT|operator|carrier|router|VPN|security group)\b.{0,40}\b(?:blocks?|blocked|blocking|filters?|filtered|closed|not (?:open|forwarded|reachable)|drops?)\b|\b(?:broker|server|listener)\b.{0,24}\b(?:is |was |were )?(?:(?<!shut )(?<!shut-)down|not running|offline|stopped|unreachable|not reachable|not listening)\b|\b(?:other|another|different) ports?\b.{0,30}\b(?:works?|fine|ok|open|reachable)\b|\b(?:only|on)\b.{0,12}\bport (?:443|80)\b.{0,20}\bworks\b/i,
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
      patterns: [
        /\b(?:other|another|different)\b.{0,12}\b(?:network|SIM|operator|carrier|card|provider|country|location|place)\b.{0,40}\b(?:works?|connects?|registers?|fine|ok)\b|\b(?:works?|connects?|registers?)\b.{0,24}\b(?:with|on|in|by|at) (?:an?other|a different)\b.{0,12}\b(?:network|SIM|operator|carrier|card|provider|country|location|place)\b/i,
      ],
    },
  },
)
