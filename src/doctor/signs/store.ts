import { signTable } from './sign.ts'

/** What people and tools say of the credential store and of the texts in it. */
export const storeSigns = signTable(
  /mismatch|BEGIN|cert|key|tag|credential|CMNG|\bCA\b|PEM|line|newline|CRLF|\\r|hex|erase|recover|flash|write|writ|list|hang|hung|downgrad|fota|download|pin|store|text|garbage|LF\b|root|openssl|lost|supply|voltage|VDD|rail|jig|fixture|gone|vanish|disappear|password|type/i,
  {
    'credentials-gone': {
      words: 'somebody says that the credentials are gone from the modem',
      patterns: [
        /\bCMNG\S{0,24} (?:does not|doesn't|no longer) (?:shows?|lists?|returns?)\b|\bCMNG\S{0,24}.{0,16}\b(?:lists?|listed|shows?|showed|returns?|returned|gives?|gave|answers?|answered)\b.{0,12}\b(?:nothing|blank|empty|only OK|no (?:lines?|entr\w+))\b|\b(?:certificates?|certs?|credentials?|keys?|sec(?:urity)?[ _-]?tags?|CA)\b.{0,40}\b(?:(?:is|are|was|were|has|have|had) (?:been |suddenly |all )?(?:gone|lost|missing|empty|deleted|erased|wiped|vanished|disappeared)|vanish\w*|disappear\w*|got (?:lost|deleted|erased|wiped))\b|\b(?:lost|loses?|losing|forgets?|forgot)\b.{0,12}\b(?:its|the|their|all|one|a)\b.{0,16}\b(?:certificates?|certs?|credentials?|keys?|tags?)\b|\b(?:not|no longer)\b.{0,12}\b(?:listed|there|present|stored|in the list)\b(?: (?:any) ?more)?(?<=any ?more|no longer \w{4,8})|\b(?:empty|no (?:certificates?|credentials?|entr\w+)) (?:sec(?:urity)?[ _-]?tag|in (?:the|that|its) (?:tag|modem))/i,
      ],
    },
    'credentials-written': {
      words: 'the application wrote credentials',
      patterns: [
        /\b(?:credential|certificate|key)s? (?:was |were )?(?:written|provisioned|stored) (?:to|in|into|under)\b/i,
      ],
    },
    'write-hangs': {
      words: 'writing or listing credentials hangs',
      patterns: [
        /\b(?:writ\w+|list\w*|delet\w+|CMNG\S{0,40}|key_mgmt\w*|provision\w*|commands?)\b.{0,60}\b(?:hangs?|hung|freezes?|blocks? for ever|never (?:return\w*|answer\w*|finish\w*|c[ao]mes? back|end\w*)|no (?:answer|response|reply)|stuck)\b/i,
      ],
    },
    'listed-and-useless': {
      words: 'what is listed does not work, until it is deleted and written again',
      patterns: [
        /\b(?:listed|present|there|shows?|stored)\b.{0,60}\b(?:but|yet|still|although|and)\b.{0,40}\b(?:does not work|unusable|fails?|failing|not usable|cannot be (?:used|read|deleted)|corrupt\w*)\b|\bcorrupt(?:ed|ion)?\b.{0,40}\b(?:credential|certificate|key|store|NVM|entr\w+|modem)|\b(?:credential|certificate|key|NVM|modem (?:memory|flash|file ?system)|file ?system)s?\b.{0,40}\b(?:is |are |was |were |got |became )?(?:corrupt\w*|inconsistent|damaged|broken)\b/i,
        /\b(?:after|once) (?:deleting|delete|removing|clearing|erasing) (?:all|every|the)\b.{0,40}\b(?:tags?|credentials?|entries|certificates?|keys?)\b.{0,60}\b(?:works?|connects?|fine|cured|helps?|gone)\b/i,
      ],
    },
    downgraded: {
      words: 'the modem firmware was taken back to an older line',
      patterns: [
        /\bdowngrad\w+|\b(?:went|going|go|rolled|rolling|moved|moving|flashed|revert\w*) (?:it )?back (?:to|from)\b.{0,30}\b(?:mfw|modem|firmware|1\.[0-3])/i,
      ],
    },
    'no-valid-content': {
      words: 'what is stored, or the file, is no certificate and no key',
      patterns: [
        /unable to load (?:certificate|private key|key)|could not (?:read|find|load|parse) (?:any )?(?:certificate|private key|key)|no start line|bad (?:end line|base64 decode)|PEM_read_bio|expecting: (?:TRUSTED )?CERTIFICATE|asn1 encoding routines|x509: malformed|MBEDTLS_ERR_(?:X509|PEM|ASN1|PK)_\w+|-0x(?:2180|2380|1080|1100|1180|3d00)\b/i,
        /\b(?:garbage|junk|dummy|truncated|cut off|binary rubbish|wrong file|random (?:text|bytes)|(?:one|single|1)[ -]byte|placeholder text|test string|empty string|html|DER\b)\b.{0,60}\b(?:as|in|into|for|to|was|were|written|stored)\b.{0,30}\b(?:certificates?|CA|keys?|credentials?|tags?|entr\w+|slots?)\b|\b(?:certificates?|CA|keys?|credentials?|entr\w+|file|content)\b.{0,50}\b(?:is|are|was|were|contains?|holds?|with)\b.{0,16}\b(?:garbage|junk|dummy|truncated|cut off|malformed|not (?:a )?valid (?:certificate|key|PEM)|html|(?:one|single|1)[ -]byte|in DER|binary)\b/i,
      ],
    },
    'text-form-wrong': {
      words: 'the text form of the PEM was wrong: blanks or escapes for line ends, text around it, or a lost end',
      patterns: [
        /\b(?:literal|escaped|two-character|backslash[- ]?n)\b.{0,30}(?:\\+n|newline|line end|line break|sequence)|(?:\\+n).{0,30}\b(?:literal\w*|escape\w*|as text|characters?|sequences?)\b.{0,60}|\bspaces? (?:instead of|for|in place of) (?:new ?lines?|line (?:ends?|breaks?))|\b(?:missing|without|lacks?) (?:the )?(?:BEGIN|END|header|footer)\b|\b(?:header|footer|BEGIN line|END line)\b.{0,20}\b(?:is |was )?(?:missing|absent|lost)|\b(?:new ?lines?|line (?:ends?|breaks?))\b.{0,40}\b(?:replaced by|became|turned into|are) (?:spaces?|blanks?)\b|\bpem\b.{0,40}\b(?:format\w*|form)\b.{0,30}\b(?:wrong|bad|invalid|broken|fault)/i,
      ],
    },
    'line-ends-wrong': {
      words: 'the line ends of the PEM were other than LF, or not there',
      patterns: [
        /\b(?:CRLF|CR ?LF|carriage returns?|dos2unix|windows line end\w*)\b|\bline[- ]?end(?:ing)?s?\b.{0,50}\b(?:wrong|windows|dos|convert\w*|chang\w+|LF\b|unix|differ\w*|problem|cause)|\b(?:convert\w*|chang\w+)\b.{0,30}\bline[- ]?end(?:ing)?s?\b|\bto LF\b|\bLF[- ]only\b/i,
        /\b(?:no|without|missing|strip\w*|remov\w*|lost|lacks?|drop\w*|flatten\w*)\b.{0,24}\b(?:new ?lines?|line[- ]?(?:ends?|breaks?|feeds?))\b|\bnew ?lines?\b.{0,24}\b(?:stripped|removed|missing|lost|dropped|not (?:sent|there|kept))\b|\b(?:one|single)[- ](?:long )?line\b.{0,30}\b(?:pem|cert\w*|CA|key)\b|\b(?:pem|cert\w*|CA|key)\b.{0,30}\b(?:on|in|as) (?:one|a single)(?: long)? line\b/i,
      ],
    },
    'key-form-unsupported': {
      words: 'the private key is of a form or kind that the modem may not take',
      patterns: [
        /BEGIN EC PARAMETERS|BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED|\bencrypted (?:private )?key\b|\b(?:key|pem)\b.{0,30}\bpass ?phrase\b|\bEC PARAMETERS\b|\b(?:secp521r1|P-521|brainpool\w*|ed25519|secp256k1|RSA[- ]?(?:3072|4096|8192))\b.{0,30}\b(?:key|client|private)\b|\b(?:key|client|private)\b.{0,30}\b(?:secp521r1|P-521|brainpool\w*|ed25519|secp256k1|RSA[- ]?(?:3072|4096|8192))\b/i,
        /\b(?:key|keys)\b.{0,40}\b(?:format|type|curve|size|encoding)\b.{0,30}\b(?:not supported|unsupported|unknown|wrong|not accepted)\b|\b(?:only|just)\b.{0,16}\bthis kind of key\b|\bconvert\w*\b.{0,40}\bkey\b.{0,30}\b(?:to|into) (?:PKCS ?#?[18]|SEC ?1|plain)\b.{0,50}\b(?:works?|helps?|cures?|fix\w*|connects?)/i,
      ],
    },
    'pair-does-not-fit': {
      words: 'the private key and the certificate are no pair',
      patterns: [
        /key values mismatch|X509_check_private_key|\b(?:private )?key\b.{0,40}\b(?:does ?n[o']t|not) (?:match|fit|belong)\b|\b(?:public keys?|moduli|modulus)\b.{0,30}\b(?:differ|do not match|are different|mismatch)|\b(?:mixed|swapped|other|wrong) (?:up )?(?:private )?keys?\b.{0,40}\b(?:cert\w*|board|device)/i,
      ],
    },
    'wrong-type': {
      words: 'an item was written under the wrong type, or the set is split over tags',
      patterns: [
        /\b(?:root|CA|cert\w*|key)\b.{0,50}\b(?:as|under|with|into|to) (?:the wrong |a wrong )?(?:credential )?type\b ?(?:number )?\d?|\bwrong (?:credential )?type\b|\btype \d instead of(?: type)? \d|\b(?:split|spread|distributed) (?:over|across|between|on) (?:two|several|different) (?:security |sec )?tags\b|\b(?:CA|root)\b.{0,30}\bin (?:one|another) tag\b.{0,50}\b(?:key|cert\w*)\b.{0,20}\bin (?:another|the other|a different)/i,
      ],
    },
    'tag-not-the-one': {
      words: 'the application uses another security tag than the one that was written',
      patterns: [
        /\b(?:wrong|different|another|other)\b.{0,12}\bsec(?:urity)?[ _-]?tag|\bsec(?:urity)?[ _-]?tags?\b.{0,40}\b(?:mismatch|differs?|did not match|does not match|not the same|is (?:the )?wrong|was wrong)\b|\b(?:empty|no|missing|without(?: a| any)?)\b.{0,12}\bsec(?:urity)?[ _-]?tag|\bTLS_SEC_TAG_LIST\b.{0,50}\b(?:empty|not set|missing|0 (?:bytes|entries)|never)|\bsec(?:urity)?[ _-]?tag(?:[ _-]list)?\b.{0,24}\b(?:is |was )?(?:empty|not set|missing|never set)/i,
      ],
    },
    'other-store': {
      words: 'the credential lies in the store of the other TLS stack',
      patterns: [
        /#XCMNG|native[ _]TLS|SLM_NATIVE_TLS|tls_credential_add|\bTLS_CREDENTIAL\w*\b.{0,40}\b(?:application|mbedtls|zephyr)|\b(?:application core|mbedtls|zephyr)\b.{0,50}\b(?:own|other|separate|credential) (?:store|storage)\b|\b(?:two|separate|different|other) (?:credential )?stores?\b/i,
        /\b(?:KEYGEN|generated (?:in|by|inside) the modem)\b.{0,60}\b(?:mbedtls|native|application core|export\w*)\b/i,
      ],
    },
    'leaf-stored': {
      words: "the server's own certificate is stored in place of a root CA",
      patterns: [
        /\b(?:leaf|end[- ]entity|server'?s?(?: own)?|host'?s?|site'?s?)\b.{0,16}\bcert\w*\b.{0,60}\b(?:as|for|in place of|instead of) (?:the |a )?(?:root|CA)\b|\b(?:leaf|end[- ]entity|server'?s? own)\b.{0,16}\bcert\w*\b.{0,60}\b(?:is |was |were |been )?(?:stored|provisioned|written|pinned|used)\b|\b(?:pinned|pinning)\b.{0,30}\b(?:leaf|server|certificate)/i,
        /\bbreaks?\b.{0,24}\b(?:at|after|with|on) (?:each|every)\b.{0,20}\brenew\w*|\b(?:each|every) (?:time|(?:60|90) days|(?:two|three) months)\b.{0,60}\b(?:renew\w*|new certificate|provision\w* again|stops?|fails?)/i,
      ],
    },
    'chip-erased': {
      words: 'the application core was erased or recovered',
      patterns: [
        /\bERASE_?ALL\b|\berase[ -]?all\b|nrfjprog.{0,20}(?:-e\b|--eraseall|--recover|--chiperase)|nrfutil device (?:erase|recover)|\b(?:chip|mass|full|whole|complete)[- ]?erase|\berase\w* (?:the )?(?:whole |full |entire )?(?:chip|flash|board|device|kit)\b|\bERASEPROTECT\b|\brecover(?:ed|ing)?\b.{0,16}\b(?:chip|board|device|kit)/i,
      ],
    },
    'still-there': {
      words: 'and the credentials are still there',
      patterns: [
        /\b(?:cert\w*|keys?|credentials?|tags?|CMNG\S{0,40}|entries|list\w*)\b.{0,60}\b(?:still|survive\w*|remain\w*|persist\w*|not (?:erased|deleted|removed|gone|cleared)|kept)\b|\bstill\b.{0,30}\b(?:lists?|listed|there|present|stored|returns?|shows?|holds?|find)\b/i,
      ],
    },
    'download-never-starts': {
      words: 'the session works, and a download over a connection of its own never starts',
      patterns: [
        /\b(?:download|FOTA|update|firmware)\b.{0,50}\b(?:never (?:starts?|begins?)|does not (?:start|begin)|doesn't (?:start|begin)|not starting|no progress|stuck)\b|\bjob\b.{0,40}\b(?:stays?|stuck|remains?|hangs?)\b.{0,20}\bIN_?\s?PROGRESS/i,
      ],
    },
    'credential-read-back': {
      words: 'a credential was read back to be compared',
      printed: true,
      patterns: [/modem_key_mgmt_(?:cmp|read)\b|^mismatch$/],
    },
    'set-incomplete-told': { words: 'somebody says that a part of the set is missing', patterns: [] },
    'supply-weak': {
      words: 'the supply dips, or is that of a jig',
      patterns: [
        /\bcollaps\w*\b.{0,24}\b(?:rail|supply|VDD|voltage)\b|\b(?:supply|voltage|VDD|rail)\b.{0,40}\b(?:collapses?|dips?|drops?|sags?|too low|below|under 3|unstable|weak)|\bonly (?:on|in|with) (?:the|this|one|our) (?:jig|fixture|supply|test ?bed|station)|\bpower[- ]?off warning\b/i,
      ],
    },
  },
)
