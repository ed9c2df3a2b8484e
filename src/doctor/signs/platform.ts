import { signTable } from './sign.ts'

/** What lines and people say of the device around the modem: the modem core, its library, images, memory, hardware, the serial path. */
export const platformSigns = signTable(
  /panic|fatal|meditation|overflow|segment|prohibit|NS M|NRF5|debug port|hex|core|application|chip|before|call|attach|regist|modem|crash|fault|init|ipc|image|flash|program|update|dead|mute|memory|heap|buffer|alloc|stack|version|firmware|mfw|ncs|sdk|unit|board|hardware|uart|serial|terminal|baud|flow|CFUN|reset|library|bug|fix|order|current|swd|XSYSTEMMODE|config|B0A|rev|errno|ENOMEM|watchdog|stale|ERROR|OOM|jump|\d00\b|nRESET|DEC0|VDD|SIM_?1V8|VSIM|target|probe/i,
  {
    'modem-crashed': {
      words: 'the modem crashed',
      printed: true,
      patterns: [
        /\bmodem (?:has )?(?:crashed|faulted)|\bmodem (?:hard )?fault\b|\bmodem error: 0x|\bmodem (?:library )?(?:exception|assert)|nrf_modem\w*.{0,30}fault.{0,16}(?:reason|PC|handler|called)|\bcrash reason\b/i,
      ],
    },
    'library-does-not-start': {
      words: 'the modem or its library does not start',
      printed: true,
      patterns: [
        /\b(?:nrf_modem(?:_lib)?_init|bsdlib_init|modem(?: library)? init(?:iali[sz]ation)?)\b.{0,50}\b(?:fail\w*|hangs?|hung|never returns?|stuck|blocks|does not return|time-?out)\b|\b(?:could not|failed to|unable to|cannot) (?:init\w*|start) (?:the )?(?:nrf_)?modem(?: library| lib|$|[,.:;])|\birrecoverable error\b|\bIPC\b.{0,24}\b(?:time-?out|timed out|fail\w*|error)\b/i,
      ],
    },
    'unclean-resets': {
      words: 'the modem was reset again and again without a clean end',
      patterns: [
        /\bRESET LOOP\b|\bwithout\b.{0,24}\b(?:CFUN ?= ?0|lte_lc_power_off|lte_power_off|nrf_modem_lib_shutdown)/i,
      ],
    },
    'barred-for-a-while': {
      words: 'after many resets it does not attach for about half an hour',
      patterns: [
        /\b(?:attach\w*|regist\w*|network|connect\w*)\b.{0,60}\b(?:half an hour|30 min\w*)\b|\b(?:half an hour|30 min\w*)\b.{0,60}\b(?:attach\w*|regist\w*|network)\b/i,
      ],
    },
    'clean-end-cures': {
      words: 'one clean AT+CFUN=0 cures it',
      patterns: [
        /\bCFUN ?= ?0\b.{0,60}\b(?:cures?|helps?|fix\w*|clears?|solv\w*|works?|registers?|attach\w*|connects?|recovers?)\b|\b(?:cured|fixed|solved|recovers?|works?|cleared|helped)\b.{0,40}\b(?:by|after|with|once)\b.{0,24}\bCFUN ?= ?0\b/i,
      ],
    },
    'stale-state': {
      words: 'the modem keeps a stale state over resets',
      patterns: [],
    },
    'one-unit': {
      words: 'one unit or a few are concerned, and others of the kind are not',
      patterns: [],
    },
    'hardware-suspect': {
      words: 'something of the hardware is odd: current, solder, damage, debug access',
      printed: true,
      patterns: [
        /\b(?:VDD\w{0,6}|DEC0|nRESET|SIM_?1V8|VSIM|SWDIO|SWDCLK)\b.{0,30}\b0(?:[.,][0-2]\d{0,2})? ?V\b|\b(?:nRESET|SWDIO|SWDCLK|DEC0)\b.{0,24}\b(?:low|shorted|stuck|floating)\b/i,
      ],
    },
    'debug-access-lost': {
      words: 'the debug probe does not reach the chip',
      printed: true,
      patterns: [
        /\bnot able to communicate with the target|\b(?:could not|cannot|can't|unable to|failed to) connect to (?:the )?(?:target|debugger|emu|probe|chip)|\bconnect_to_(?:emu|device)\w*|\bno target device\b|\bJLinkARM_\w+ returned|\bin CPU state\b/i,
      ],
    },
    'own-board': {
      words: 'the board is of an own design',
      patterns: [],
    },
    'pair-not-allowed': {
      words: 'modem firmware, SDK and chip revision do not belong together',
      patterns: [],
    },
    'modem-answers': {
      words: 'the modem answers AT commands',
      patterns: [],
    },
    'unit-fine': {
      words: 'with another unit it is the same',
      patterns: [],
    },
    'image-written': {
      words: 'an image was written just before',
      patterns: [],
    },
    'success-told': {
      words: 'the tool reported success',
      patterns: [],
    },
    'dead-since': {
      words: 'since then the device is mute',
      patterns: [],
    },
    'wrong-target': {
      words: 'an image went to the wrong chip, or it was the wrong image',
      patterns: [],
    },
    'no-image-there': {
      words: 'the boot loader finds no application where one should be',
      printed: true,
      patterns: [
        /\bNS (?:MSP|reset vector)\b.{0,8}0xf{8}|unable to find bootable image|no bootable image|image in the (?:primary|secondary) slot is not valid|image \d? ?(?:validation|hash|signature) (?:failed|mismatch)|invalid image(?: header)? magic/i,
      ],
    },
    'stops-at-the-jump': {
      words: 'the boot loader hands over, and nothing is heard after it',
      printed: true,
      patterns: [],
    },
    'other-chip-answers': {
      words: 'the debug probe is connected to the other chip of the board',
      printed: true,
      patterns: [
        /\bNRF5[23]\d{2,3}_xxA[A-Z]\b|unexpected debug port ID|\bnrf5[23]\b.{0,40}\bdevice family\b.{0,40}\bnrf91/i,
      ],
    },
    'stack-overflow': {
      words: 'a stack of the application ran over',
      printed: true,
      patterns: [
        /stack overflow|ZEPHYR FATAL ERROR 2\b|stack (?:canary|smashing|guard)|Stacking error|Debug exception reason: Stack/i,
      ],
    },
    'application-faulted': {
      words: 'the application ended in a fault of its own',
      printed: true,
      patterns: [
        /ZEPHYR FATAL ERROR|\*{3,} ?(?:MPU|USAGE|BUS|HARD|SECURE) FAULT|Guru Meditation|Faulting (?:thread|instruction)|ASSERTION FAIL|\bpanicked at\b|LoadProhibited|StoreProhibited|Segmentation fault/i,
      ],
    },
    'command-not-known': {
      words: 'the modem answers a command with a bare ERROR: it does not know it, or not now',
      patterns: [
        /(?:\bAT)?[+%](?!CMNG|CPIN|CIMI|XICCID|COPS|CMEE|CME\b|CMS\b)[A-Z]{3,}\S{0,40}\s{0,2}(?:(?:->|=>|:|answers?|answered|gives?|gave|returns?|returned|ends? (?:in|with)|responds? with|fails? with|results? in)\s{0,2}){1,2}(?:an? |only |just )?"?ERROR\b(?!:)/,
      ],
    },
    'crash-in-connect': {
      words: 'the application crashes while it connects',
      patterns: [],
    },
    'memory-short': {
      words: 'memory or a buffer of the application is too small',
      printed: true,
      patterns: [
        /\bENOMEM\b|\bENOBUFS\b|out of memory|\bFailed to allocate\b|-0x7f00\b|-?\b32512\b|\balloc\(\d+ bytes\) failed|\b(?:k_|pv|z_)?(?:[cm]|re)alloc\b\W{0,3}(?:\w+ ){0,3}(?:fail\w*|error|returned NULL)|memory allocation failed|\bMEMORY_E\b|\bmin\w*_?free_?heap\w*\W{1,4}\d{1,4}\b|\bfree[ _]heap\b[^\d\n]{0,24}\b\d{1,4}\b(?! ?k)|\bOOM\b|not enough (?:heap|memory|RAM)\b|\bOOM\b/i,
      ],
    },
    'order-wrong': {
      words: 'the application does things in the wrong order, or sets them wrongly',
      patterns: [],
    },
    'written-before-start': {
      words: 'the code writes a credential before it starts the library of the modem',
      printed: true,
      patterns: [],
    },
    'version-dependent': {
      words: 'it depends on the version of the SDK or of a library',
      patterns: [],
    },
    'serial-path-odd': {
      words: 'the serial path loses or changes characters',
      printed: true,
      patterns: [
        /\bframing errors?\b|\b(?:UART|RX|serial)\b.{0,16}\b(?:overrun|overflow)|\b(?:9600|19200|38400|57600|115200)\b(?: baud)?[^.;]{0,40}\b(?:ok|fine|works?|pass(?:es)?|none|never|good)\b|\bcheck (?:the )?baud|\btrying baud ?rate/i,
      ],
    },
    'at-unanswered': {
      words: 'AT is asked, and nothing answers',
      printed: true,
      patterns: [
        /\bAT\b(?:\\r|[+%]\w{1,12}\?)?[^.;]{0,30}\b(?:no|not|never|without|nothing)\b.{0,16}\b(?:OK|answer\w*|respon\w+|repl\w+|react\w*)\b|\bError: ?'AT[^']{0,12}' timed out/,
      ],
    },
    'flow-control-missing': {
      words: 'the serial path has no flow control',
      patterns: [],
    },
    'at-times-minus-one': {
      words: 'every AT command fails',
      patterns: [],
    },
  },
)
