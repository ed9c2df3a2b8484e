import { signTable } from './sign.ts'

/** What lines and people say of the device around the modem: the modem core, its library, images, memory, hardware, the serial path. */
export const platformSigns = signTable(
  /NS M|NRF5|debug port|hex|core|application|chip|before|call|attach|regist|modem|crash|fault|init|ipc|image|flash|program|update|dead|mute|memory|heap|buffer|alloc|stack|version|firmware|mfw|ncs|sdk|unit|board|hardware|uart|serial|terminal|baud|flow|CFUN|reset|library|bug|fix|order|current|swd|XSYSTEMMODE|config|B0A|rev|errno|ENOMEM|watchdog|stale/i,
  {
    'modem-crashed': {
      words: 'the modem crashed',
      printed: true,
      patterns: [
        /\bmodem (?:has )?crashed|\bmodem (?:hard )?fault\b|nrf_modem\w*.{0,30}fault.{0,16}(?:reason|PC|handler)|\bmodem\b.{0,24}\b(?:crash(?:es|ed|ing)?)\b|\bcrash reason\b|\bcore ?dump\b.{0,20}\bmodem/i,
      ],
    },
    'library-does-not-start': {
      words: 'the modem or its library does not start',
      printed: true,
      patterns: [
        /\b(?:nrf_modem(?:_lib)?_init|bsdlib_init|modem(?: library)? init(?:iali[sz]ation)?)\b.{0,50}\b(?:fail\w*|hangs?|hung|never returns?|stuck|blocks|does not return|time-?out)\b|\bIPC\b.{0,24}\b(?:time-?out|timed out|fail\w*|error)\b|\b(?:hangs?|stuck|blocks)\b.{0,30}\b(?:nrf_modem(?:_lib)?_init|bsdlib_init|modem init)|\bmodem\b.{0,30}\b(?:does not|doesn't|never) (?:start|boot|come up|respond|answer)/i,
      ],
    },
    'unclean-resets': {
      words: 'the modem was reset again and again without a clean end',
      patterns: [
        /\bRESET LOOP\b|\b(?:without|no|missing|never (?:sends?|calls?))\b.{0,24}\b(?:CFUN ?= ?0|clean (?:shutdown|power[- ]?off|end)|graceful (?:shutdown|power[- ]?off)|lte_lc_power_off|lte_power_off|nrf_modem_lib_shutdown)|\b(?:hard ?faults?|watchdog|resets?|reboots?|power cuts?)\b.{0,60}\b(?:without|no)\b.{0,16}\bCFUN ?= ?0|\b(?:many|repeated|frequent|several|too many|constant)\b.{0,12}\b(?:hard ?faults?|watchdog resets?|resets|reboots)\b/i,
        /\b(?:watchdog|supervisor|time-?out|application|firmware|code|we|it)\b.{0,24}\b(?:resets?|reboots?|restarts?)\b.{0,30}\b(?:every (?:few |\d{1,3} ?)?(?:seconds?|minutes?|s\b|min\b)|again and again|over and over|repeatedly|in a loop|until it (?:registers|attaches|connects))/i,
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
        /\bCFUN ?= ?0\b.{0,60}\b(?:cures?|helps?|fix\w*|clears?|solv\w*|works?|registers?|attach\w*|connects?|recovers?)\b|\b(?:cured|fixed|solved|recovers?|works?|cleared|helped)\b.{0,40}\b(?:by|after|with|once)\b.{0,24}\bCFUN ?= ?0\b|\bclean (?:shutdown|power[- ]?off)\b.{0,40}\b(?:cures?|helps?|fix\w*|works?|clears?)/i,
      ],
    },
    'stale-state': {
      words: 'the modem keeps a stale state over resets',
      patterns: [
        /\bstale\b.{0,30}\b(?:state|modem|registration|session|data)|\bmodem\b.{0,40}\b(?:keeps?|kept|remembers?|stuck in)\b.{0,24}\b(?:state|old|registration)/i,
      ],
    },
    'one-unit': {
      words: 'one unit alone is concerned',
      patterns: [
        /\bone (?:out )?of (?:the |our |my )?(?:\w{1,10} ){1,3}(?:boards?|units?|devices?|kits?|modules?)\b|\b(?:only|just|single|one)\b.{0,8}\b(?:one|this|a single|single)?\b.{0,6}\b(?:unit|board|device|kit|module|sample|PCB)\b.{0,50}\b(?:fails?|failing|affected|shows?|behaves|does not|doesn't|broken|dead|concerned|is like)\b|\b(?:other|all other|identical|same|second|different)\b.{0,8}\b(?:units?|boards?|devices?|kits?|modules?)\b.{0,40}\b(?:works?|fine|ok|connects?|no problem)\b/i,
      ],
    },
    'hardware-suspect': {
      words: 'something of the hardware is odd: current, solder, damage, debug access',
      printed: true,
      patterns: [
        /\b(?:current|consum\w+|draws?)\b.{0,30}\b(?:too high|high|abnormal|unusual|\d{2,4} ?mA)\b|\b(?:SWD|debug(?:ger)?|J-?Link|APPROTECT)\b.{0,40}\b(?:lost|no (?:access|connection|longer)|cannot|can't|not (?:possible|connect\w*|found)|fails?)\b|\b(?:damaged|burnt|broken (?:trace|pin|antenna|module|chip)|water|ESD|solder\w*|cracked|short[- ]circuit|shorted|counterfeit|RMA|cold joint|reflow|resets? (?:whenever|each time|every time)|dropped on)\b|\b(?:after|since) (?:replacing|swapping|exchanging|changing)\b.{0,24}\b(?:module|board|chip|SiP|unit|holder|antenna)\b.{0,40}\b(?:works?|fine|gone|ok|connects?|registers?)/i,
      ],
    },
    'pair-not-allowed': {
      words: 'modem firmware, SDK and chip revision do not belong together',
      patterns: [
        /\b(?:not (?:supported|compatible|allowed|verified)|incompatible|unsupported|not meant)\b.{0,50}\b(?:modem firmware|mfw|firmware version|ncs|sdk|revision|rev\.? ?\d|B0A?|B1A?|chip|SiP|hardware)\b|\b(?:modem firmware|mfw|firmware version|ncs|sdk|revision|rev\.? ?\d|B0A?|hardware)\b.{0,60}\b(?:not (?:supported|compatible|allowed|verified)|incompatible|unsupported|too old|mismatch|requires? (?:mfw|modem firmware|ncs|at least))\b|\b(?:works?|fixed|solved|cured|connects?)\b.{0,30}\b(?:after|by|once|with)\b.{0,24}\b(?:updat\w*|upgrad\w*|flash\w*|matching|newer)\b.{0,16}\b(?:the )?(?:modem firmware|mfw|modem)\b/i,
      ],
    },
    'image-written': {
      words: 'an image was written just before',
      patterns: [
        /\b(?:after|since|just|by)\b.{0,16}\b(?:flash\w*|programm\w*|updat\w*|upload\w*|writ\w+)\b.{0,50}\b(?:firmware|image|application|hex|sample|bridge|modem|kit|board|USB|over)\b|\b(?:flash\w*|programm\w*|updat\w*|updated?)\b.{0,40}\b(?:reported|says?|said|finished|completed|shows?)\b.{0,16}\b(?:success\w*|ok|done|complete\w*)/i,
      ],
    },
    'success-told': {
      words: 'the tool reported success',
      patterns: [
        /\b(?:reports?|reported|says?|said|shows?|showed|finish\w*|complet\w*|ended|ends|was)\b.{0,12}\bsuccess\w*|\bsuccessful(?:ly)?\b.{0,24}\b(?:updat\w*|flash\w*|programm\w*|written|upload\w*)|\b(?:updat\w*|flash\w*|programm\w*|verif\w*)\b.{0,16}\b(?:success\w*|went (?:fine|well)|without (?:an )?error)/i,
      ],
    },
    'dead-since': {
      words: 'since then the device is mute',
      patterns: [
        /\b(?:modem|board|device|kit|unit|it|chip|core|application)\b.{0,24}\b(?:is |has been |are |appears |seems )?(?:dead|mute|bricked|silent|unresponsive|does not (?:boot|start|answer|respond)|no longer (?:boots?|starts?|answers?|responds?)|no (?:output|answer|response|reaction))\b/i,
      ],
    },
    'wrong-target': {
      words: 'an image went to the wrong chip, or it was the wrong image',
      patterns: [
        /\b(?:wrong|other|another)\b.{0,12}\b(?:chip|core|target|SoC|controller|image|hex(?: file)?|board file|firmware file|variant|build target|processor|switch position)\b|\b(?:flash\w*|programm\w*|writ\w+|written|built)\b.{0,50}\b(?:instead of|rather than|in place of) the\b|\b(?:secure|non-?secure)\b.{0,24}\b(?:image|target|build|variant)\b.{0,30}\b(?:instead|wrong|mix\w*)|\bbuilt for\b.{0,40}\b(?:but|instead|while)\b/i,
      ],
    },
    'no-image-there': {
      words: 'the boot loader finds no application where one should be',
      printed: true,
      patterns: [
        /\bNS (?:MSP|reset vector)\b.{0,8}0xf{8}|unable to find bootable image|no bootable image|image in the (?:primary|secondary) slot is not valid|image \d? ?(?:validation|hash|signature) (?:failed|mismatch)|invalid image(?: header)? magic/i,
      ],
    },
    'other-chip-answers': {
      words: 'the debug probe is connected to the other chip of the board',
      printed: true,
      patterns: [
        /\bNRF5[23]\d{2,3}_xxA[A-Z]\b|unexpected debug port ID|\bnrf5[23]\b.{0,40}\bdevice family\b.{0,40}\bnrf91/i,
      ],
    },
    'command-not-known': {
      words: 'the modem answers a command with a bare ERROR: it does not know it, or not now',
      patterns: [],
    },
    'memory-short': {
      words: 'memory or a buffer of the application is too small',
      printed: true,
      patterns: [
        /\bENOMEM\b|\bENOBUFS\b|out of memory|\b(?:heap|stack|buffer|memory|k_malloc|malloc|calloc|alloc)\b.{0,40}\b(?:too (?:small|short)|overflow\w*|exhaust\w*|fail\w*|full|insufficient|not (?:enough|sufficient)|ran out|small\b)|\b(?:small|larger|bigger|increas\w+|rais\w+|insufficient|not enough|reduc\w+|lower\w*)\b.{0,24}\b(?:heap|stack|buffer|memory|HEAP_\w+|\w*BUFFER\w*|\w+_SIZE)\b|-0x7f00\b|\b-?32512\b|HEAP_MEM_POOL_SIZE.{0,40}\b(?:small|larger|increas\w*)|\bFailed to allocate\b/i,
      ],
    },
    'order-wrong': {
      words: 'the application does things in the wrong order, or sets them wrongly',
      patterns: [
        /\b(?:before|without) (?:the )?(?:(?:modem|library|lte\w*|link|nrf_modem_lib|bsdlib)\b.{0,24}\b(?:is |was |has been |has |have )?(?:init\w*|start\w*|up|ready|registered|connected|attached)|init\w*|calling \w+_init|waiting for)|\b(?:init\w*|call\w*|initialis\w*)\b.{0,24}\b(?:order|too (?:early|late)|twice|never called|not called|missing)\b|\b(?:CONFIG_\w+|Kconfig|prj\.conf|overlay|setsockopt|option)\b.{0,60}\b(?:not set|missing|wrong|disabled|must be|had to be|needs to be|=n\b|forgot\w*)|\bwrong (?:order|option|configuration|topic|host ?name|port number|parameter)\b|\bwhile the modem (?:is|was) (?:active|online|on)\b/i,
      ],
    },
    'version-dependent': {
      words: 'it depends on the version of the SDK or of a library',
      patterns: [
        /\b(?:PR|pull request|commit|patch) ?#?\w{0,12}\b.{0,40}\b(?:fix\w*|solv\w*|resolv\w*)\b|\b(?:regression|known issue|bug)\b.{0,50}\b(?:in|of|with|by|fixed|library|driver|ncs|sdk|zephyr|mosquitto|v?\d+\.\d+)\b|\b(?:fixed|solved|resolved|works?|gone)\b.{0,16}\b(?:in|by|with|since|on|after|under)\b.{0,24}\b(?:ncs|sdk|nrf_modem|zephyr|library|release|commit|patch|PR ?#?\d|pull request|version|v\d)\b.{0,16}|\b(?:since|after|broke\w* (?:in|with|after)) (?:the )?(?:updat\w*|upgrad\w*|migrat\w*|mov\w*)\b.{0,24}\b(?:ncs|sdk|nrf_modem|zephyr|library|from v?\d|to v?\d|v\d)|\bsame code\b.{0,30}\b(?:works|worked)\b.{0,24}\b(?:ncs|sdk|version|v?\d\.\d)/i,
      ],
    },
    'serial-path-odd': {
      words: 'the serial path loses or changes characters',
      printed: true,
      patterns: [
        /\b(?:without|no) (?:hardware )?flow[- ]?control\b|\b(?:garbled|mangled|corrupt(?:ed)? (?:characters?|output|text)|(?:lost|missing|dropped|swallowed|extra) (?:characters?|bytes?))\b|\b(?:flow[- ]?control|hwfc|RTS|CTS|baud ?rate?|UART|COM port|serial port|USB (?:bridge|cable|hub)|terminal(?: program)?|line buffer)\b.{0,60}\b(?:wrong|missing|lost|problem|fault|not (?:connected|enabled|set|working)|buffer|too (?:fast|small)|overrun|cuts?|truncat\w*|mismatch|other|different|solv\w*|fix\w*)\b|\b(?:overrun|framing error)s?\b|\bworks?\b.{0,16}\b(?:on|with) (?:the |a |an )?(?:nRF\d+ ?)?(?:DK|development kit|other (?:terminal|cable|PC|port))\b/i,
      ],
    },
    'at-times-minus-one': {
      words: 'every AT command fails',
      patterns: [
        /\b(?:every|all|any)\b.{0,12}\bAT[- ]commands?\b.{0,40}\b(?:fails?|returns?|gives?|time-?out|timed out|-1)\b/i,
      ],
    },
  },
)
