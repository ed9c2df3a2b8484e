import type { Sign } from './tables.ts'

/** Words of which each must stand in one sentence, in whatever order. */
type Concepts = readonly RegExp[]

const credential = /\b(?:cert\w*|credentials?|CAs?|keys?|sec(?:urity)?[ _-]?tags?)\b/i
const change = /\b(?:switch\w*|chang\w*|mov(?:ed|es|ing)|migrat\w*|renew\w*|replac\w*|rotat\w*|expir\w*|re-?issu\w*)\b/i

/**
 * Signs as people tell them in sentences of their own: the concepts are there, their order is not known. That is weaker than a
 * wording that was seen, and weighed so; log lines are not looked at.
 */
export const loosely: Partial<Record<Sign, readonly Concepts[]>> = {
  'credentials-gone': [
    [
      credential,
      /\b(?:gone|vanish\w*|disappear\w*|lost|empty|wiped|no longer|any ?more|forgot\w*)\b/i,
      /\b(?:modem|tag|slot|listing|listed|CMNG\S*)\b/i,
    ],
    [
      credential,
      /\b(?:forgot\w*|never|not yet|didn't|did not|skip\w*)\b/i,
      /\b(?:provision\w*|writ\w*|wrote|load\w*|stored?|flash\w*)\b/i,
    ],
  ],
  'line-ends-wrong': [
    [
      /\b(?:lines?|new ?lines?|line[- ]?(?:ends?|endings?|breaks?|feeds?))\b/i,
      /\b(?:join\w*|flatten\w*|strip\w*|concatenat\w*|remov\w*|convert\w*|CRLF|CR|windows)\b/i,
      /\b(?:pem|cert\w*|keys?|files?|CA|text|paste\w*)\b/i,
    ],
  ],
  'pair-does-not-fit': [
    [
      /\b(?:private )?keys?\b/i,
      /\b(?:mixed|swapped|exchanged|belongs?|mismatch\w*|not match\w*|do(?:es)? not fit)\b/i,
      /\b(?:cert\w*)\b/i,
    ],
  ],
  'wrong-type': [[/\b(?:wrong|instead|rather)\b/i, /\btypes?\b/i, /\b(?:CA|cert\w*|keys?|credentials?)\b/i]],
  'leaf-stored': [
    [
      /\b(?:leaf|end[- ]entity|server'?s? certificate|own certificate)\b/i,
      /\b(?:stored|provisioned|pinned|loaded|written)\b/i,
      /\b(?:instead|pinned|in place of|as (?:the |a )?(?:CA|root))\b/i,
    ],
  ],
  'write-hangs': [
    [/\b(?:hangs?|hung|freez\w*|stuck|never return\w*)\b/i, /\b(?:CMNG\S*|key_mgmt\w*|credentials?|certificates?)\b/i],
  ],
  'psk-form-wrong': [
    [/\bpsk\b|pre-?shared/i, /\b(?:hex\w*|ascii|plain|string|differ\w*|wrong|mismatch\w*|not the same)\b/i],
  ],
  'chain-too-large': [
    [
      /\b(?:chain|certificates?|intermediates?)\b/i,
      /\b(?:kB|bytes|size|limit|4096|large|long|big)\b/i,
      /\b(?:too|over|exceed\w*|more than|above|add up|limit)\b/i,
    ],
  ],
  'server-changed': [
    [
      /\b(?:servers?|brokers?|host\w*|company|provider|cloud|sites?|endpoints?|backend|let'?s encrypt)\b/i,
      change,
      /\b(?:certificates?|CA|authority|root|chain|issuer|renewals?|let'?s encrypt)\b/i,
    ],
  ],
  'root-not-the-issuer': [
    [
      /\b(?:certificate|CA|root)\b/i,
      /\b(?:different|wrong|unrelated) (?:sites?|servers?|hosts?|company|file|one|broker)\b|\bby (?:accident|mistake)\b/i,
    ],
  ],
  'name-not-in-certificate': [
    [/\b(?:TLS_HOSTNAME|host ?name|name)\b/i, /\bcertificate\b/i, /\b(?:issued|made|created|valid) (?:for|to)\b/i],
    [
      /\b(?:host ?names?|CN|SAN|common name|IP address|altnames?|domain)\b/i,
      /\bcert\w*\b/i,
      /\b(?:match\w*|mismatch\w*|differ\w*|not (?:in|for|listed|among)|verification)\b/i,
      /\b(?:server|broker|connect\w*|address|verif\w*)\b/i,
    ],
  ],
  'plain-on-tls': [
    [
      /\b(?:TLS|SSL|8883|secure)\b/i,
      /\b(?:plain|unencrypted|without (?:TLS|SSL)|not encrypted|1883)\b/i,
      /\b(?:port|listener|client|connect\w*|broker)\b/i,
    ],
  ],
  'policy-forbids': [
    [
      /\b(?:polic(?:y|ies)|ACLs?|permissions?)\b/i,
      /\b(?:not|denie[sd]|deny|wrong|missing|reject\w*|forbid\w*|refus\w*|lack\w*|only)\b/i,
      /\b(?:connect\w*|publish\w*|subscrib\w*|client\w*|topics?|device|allow\w*)\b/i,
    ],
  ],
  'same-client-id': [[/\bclient[ _-]?id/i, /\b(?:same|identical|duplicate|both|shared?|not unique|hard-?coded)\b/i]],
  'certificate-inactive': [
    [
      /\b(?:certificates?|certs?|things?)\b/i,
      /\b(?:inactive|revoked|deactivated|disabled|not active|not been activated)\b/i,
      /\b(?:console|AWS|cloud|hub|portal|CRL|broker|account)\b/i,
    ],
  ],
  'not-registered-there': [
    [
      /\b(?:device|certificate|CN|thing|client)\b/i,
      /\b(?:not|never|unknown|nobody|forgot\w*)\b/i,
      /\b(?:registered|onboarded|enrolled|claimed|provisioned in|created|added)\b/i,
      /\b(?:hub|cloud|account|console|AWS|azure|IoT|portal)\b/i,
    ],
  ],
  'sim-inactive': [
    [
      /\b(?:SIM|card|ICCID)\b/i,
      /\b(?:never|not|forgot\w*)\b/i,
      /\b(?:registered|activated|added|ordered|paid)\b/i,
      /\b(?:portal|operator|account|provider|subscription)\b/i,
    ],
    [
      /\b(?:SIM|subscription|data plan|ICCID|tariff|contract)\b/i,
      /\b(?:suspend\w*|expire\w*|deactivat\w*|inactive|not activat\w*|unpaid|quota|used up|barred|cancel\w*)\b/i,
    ],
  ],
  'one-radio-only': [
    [
      /\b(?:NB-?IoT|LTE-?M|Cat-?M\w*)\b/i,
      /\b(?:only|not available|not supported|not offered|disabled|does not (?:have|offer)|no coverage|instead)\b/i,
      /\b(?:network|country|operator|here|there|area|region|mode|cover\w*|carrier|build|firmware)\b/i,
    ],
  ],
  'apn-wrong': [[/\bAPN\b/, /\b(?:wrong|by hand|manual\w*|operator|correct|right|missing|other|needed|set)\b/i]],
  'name-not-resolved': [[/\b(?:DNS|resolv\w*|lookup)\b/i, /\b(?:fail\w*|wrong|error|not|time-?out|timed out)\b/i]],
  'port-closed': [
    [
      /\b(?:firewall|port|operator|VPN|security group|router|proxy|carrier)\b/i,
      /\b(?:block\w*|filter\w*|closed|drops? (?:it|the|all)|not open|no rule|not forwarded|not allow\w*)\b/i,
    ],
    [/\b(?:broker|server|mosquitto|emqx|container|service)\b/i, /\b(?:down|not running|stopped|offline|crashed)\b/i],
  ],
  'resets-do-not-help': [
    [
      /\b(?:resets?|reboot\w*|restart\w*)\b/i,
      /\b(?:not|nothing|no effect|doesn't|useless|never)\b/i,
      /\b(?:power|battery|unplug\w*|supply)\b/i,
    ],
  ],
  'barred-for-a-while': [
    [
      /\b(?:plug|power|battery|supply|resets?|reboot\w*)\b/i,
      /\b(?:times|again and again|repeatedly|in a row|often|many)\b/i,
      /\b(?:attach\w*|register\w*|network|half an hour|30 min\w*)\b/i,
    ],
  ],
  'clean-end-cures': [[/\bCFUN ?= ?0\b/i, /\b(?:cure\w*|help\w*|fix\w*|solv\w*|works?|recover\w*|clear\w*)\b/i]],
  'hardware-suspect': [
    [
      /\b(?:antenna|solder\w*|PCB|regulator|capacitor|holder|connector|module|matching|VDD|rail)\b/i,
      /\b(?:broken|missing|bad|defect\w*|damaged|replac\w*|swap\w*|faulty|loose|cold|collaps\w*|not connected)\b/i,
    ],
  ],
  'pair-not-allowed': [
    [
      /\b(?:mfw\S*|modem firmware|B0A?|rev(?:ision|\.)?|NCS|SDK)\b/i,
      /\b(?:not support\w*|unsupported|incompatible|too old|requires?|not compatible|not meant|must be updated)\b/i,
    ],
  ],
  'wrong-target': [
    [
      /\b(?:taken|picked|selected|used|chosen|wrote|flashed|programmed)\b/i,
      /\bnRF5\d{3,}\b|\bwrong (?:build|image|hex|file)\b|\bbuild for (?:the )?(?:other|another)\b/i,
    ],
    [
      /\b(?:flash\w*|programm\w*|updat\w*|wrote|written|upload\w*|built|build)\b/i,
      /\b(?:wrong|instead|other|mistake)\b/i,
      /\b(?:chip|SoC|core|image|hex|nRF52\d*|target|switch|variant|_ns)\b/i,
    ],
  ],
  'memory-short': [
    [
      /\b(?:heap|stack|memory|buffers?|malloc|RAM)\b/i,
      /\b(?:too small|increas\w*|exhaust\w*|not enough|larger|bigger|overflow\w*|out of|insufficient|enlarg\w*|reduc\w*)\b/i,
    ],
  ],
  'order-wrong': [
    [
      /\b(?:forgot\w*|missed|without|did not|didn't)\b/i,
      /\b(?:offline|flight mode|CFUN ?= ?[04]|init\w*|register\w*)\b/i,
      /\b(?:before|first|mode)\b/i,
    ],
    [
      /\b(?:init\w*|calls?|called|calling|order|sequence|CONFIG_\w+|Kconfig|option)\b/i,
      /\b(?:before|too early|wrong|forgot\w*|missing|not set|must|twice)\b/i,
      /\b(?:solv\w*|fix\w*|works?|cure\w*|needed|help\w*|wait\w*)\b/i,
    ],
  ],
  'version-dependent': [
    [
      /\b(?:NCS|SDK|nrf_modem|library|driver|zephyr)\b/i,
      /\b(?:bug|regress\w*|known issue|fixed in|patch\w*|revert\w*|upgrad\w*)\b/i,
    ],
  ],
  'serial-path-odd': [
    [
      /\b(?:UART|serial|RTS|CTS|flow control|baud\w*|COM port|USB|terminal)\b/i,
      /\b(?:lost|loses?|garbl\w*|missing|not connected|overrun\w*|truncat\w*|swallow\w*|cut off)\b/i,
      /\b(?:char\w*|bytes?|lines?|data|commands?|text|pins?|signals?|flow control)\b/i,
    ],
  ],
  'other-server-works': [
    [/\b(?:only|just)\b/i, /\b(?:this|one|that|a single) (?:host|server|endpoint|site|url|broker)\b/i],
  ],
}
