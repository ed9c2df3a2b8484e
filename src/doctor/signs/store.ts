import { signTable } from './sign.ts'

/** What people and tools say of the credential store and of the texts in it. */
export const storeSigns = signTable(
  /mismatch|html|BEGIN|cert|key|tag|credential|CMNG|\bCA\b|PEM|line|newline|CRLF|\\r|hex|erase|recover|flash|write|writ|list|hang|hung|downgrad|fota|download|pin|store|text|garbage|LF\b|root|openssl|lost|supply|voltage|VDD|rail|jig|fixture|gone|vanish|disappear|password|type|native/i,
  {
    'credentials-gone': {
      words: 'somebody says that the credentials are gone from the modem',
      patterns: [
        /\bCMNG\S{0,24}.{0,16}\b(?:lists?|listed|shows?|showed|returns?|returned|gives?|gave|answers?|answered)\b.{0,12}\b(?:nothing|blank|empty|only OK|no (?:lines?|entr\w+))\b/i,
        /\bonly (?:sec(?:urity)? ?)?tag \d{1,10}(?: \([^)]{1,40}\))? (?:is left|remains)\b/i,
      ],
    },
    'tag-full': {
      words: 'the tag holds all that the connection needs',
      patterns: [
        /\btag (?:is|was) (?:full|complete)\b/i,
        /\ball three (?:types? |credentials? |entries |certificates? )?(?:are |were )?(?:listed|there|present|held|stored)\b/i,
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
      printed: true,
      patterns: [
        /\bAT%CMNG=[0-3],?.{0,120}(?:->|→|\.\.\.|:)\s*\(?(?:nothing|no (?:answer|response|reply)|hangs?|hung|time-?out|stuck)\b/i,
        /\bAT%CMNG=[0-3]\S{0,40} (?:command )?(?:hangs?|hung|never (?:returns?|answers?|comes? back)|does not (?:return|answer|come back))\b/i,
        /^\s*(?:<\s*)?\(no (?:answer|response|reply)\b.{0,60}\)?\s*$/i,
      ],
    },
    'listed-and-useless': {
      words: 'what is listed does not work, until it is deleted and written again',
      patterns: [],
    },
    downgraded: {
      words: 'the modem firmware was taken back to an older line',
      patterns: [],
    },
    'no-valid-content': {
      words: 'what is stored, or the file, is no certificate and no key',
      patterns: [
        /<!doctype html|unable to load (?:certificate|private key|key)|could not (?:read|find|load|parse|deserialize) (?:any )?(?:certificate|private key|key)|no start line|\bPEM lib \(_ssl|bad (?:end line|base64 decode)|PEM_read_bio|expecting: (?:TRUSTED )?CERTIFICATE|asn1 encoding routines|x509: malformed|MBEDTLS_ERR_(?:X509|PEM|ASN1|PK)_\w+|-0x(?:2180|2380|1080|1100|1180|3d00)\b/i,
      ],
    },
    'text-form-wrong': {
      words: 'the text form of the PEM was wrong: blanks or escapes for line ends, text around it, or a lost end',
      patterns: [/\b(?:missing|without|lacks?) (?:the )?(?:-----)?(?:BEGIN|END)\b/],
    },
    'line-ends-wrong': {
      words: 'the line ends of the PEM were other than LF, or not there',
      patterns: [/\bdos2unix\b|CRLF line terminators/],
    },
    'key-form-unsupported': {
      words: 'the private key is of a form or kind that the modem may not take',
      patterns: [
        /\bpk_parse_key|PK_PARSE_KEY_FAILED|-0x(?:3c00|3b80|3a00|3c80|1280|1300|1380|1400)\b|BEGIN EC PARAMETERS|\bField Type\b|\bexplicit (?:EC |curve )?parameters|BEGIN ENCRYPTED PRIVATE KEY|\bBAD_PASSWORD_READ\b|bad password read|problems getting password|\bEnter PEM pass phrase\b|Proc-Type: 4,ENCRYPTED/,
      ],
    },
    'pair-does-not-fit': {
      words: 'the private key and the certificate are no pair',
      patterns: [/key[ _]values[ _]mismatch|certificate\/key are inconsistent|X509_check_private_key/i],
    },
    'wrong-type': {
      words: 'an item was written under the wrong type, or the set is split over tags',
      patterns: [],
    },
    'tag-not-the-one': {
      words: 'the application uses another security tag than the one that was written',
      patterns: [
        /\bsec_tag_t \w{1,40}\[\d*\] ?= ?\{\s*\}/,
        /\bTLS_SEC_TAG_LIST\b.{0,50}(?:\b(?:empty|0 (?:bytes|entries)|ENOENT|EINVAL)\b|[ =(]-(?:2|22)\b)|\bsec(?:urity)?_tags?\b\W{0,8}&\[\]/i,
      ],
    },
    'digest-differs': {
      words: 'the digest of what is stored is not that of the file',
      patterns: [],
    },
    'native-tls-in-use': {
      words: 'TLS is made in the application core',
      printed: true,
      patterns: [/native[ _-]?tls/i],
    },
    'other-store': {
      words: 'the credential lies in the store of the other TLS stack',
      patterns: [/#XCMNG|SLM_NATIVE_TLS/i],
    },
    'leaf-stored': {
      words: "the server's own certificate is stored in place of a root CA",
      patterns: [],
    },
    'chip-erased': {
      words: 'the application core was erased or recovered',
      patterns: [
        /\bERASE_?ALL\b|nrfjprog.{0,20}(?:-e\b|--eraseall|--recover|--chiperase)|nrfutil device (?:erase|recover)|\bERASEPROTECT\b/i,
      ],
    },
    'still-there': {
      words: 'and the credentials are still there',
      patterns: [],
    },
    'download-never-starts': {
      words: 'the session works, and a download over a connection of its own never starts',
      patterns: [/\bjob\b.{0,40}\b(?:stays?|stuck|remains?|hangs?)\b.{0,20}\bIN_?\s?PROGRESS/i],
    },
    'credential-read-back': {
      words: 'a credential was read back to be compared',
      printed: true,
      patterns: [/modem_key_mgmt_(?:cmp|read)\b|^mismatch$/],
    },
    'set-incomplete-told': {
      words: 'somebody says that a part of the set is missing',
      patterns: [/\bonly \d{1,10},[0-2](?: and \d{1,10},[0-2])? (?:remains?|(?:is|are) left)\b/i],
    },
    'supply-weak': {
      words: 'the supply dips, or is that of a jig',
      patterns: [/\bPOFWARN\b/],
    },
  },
)
