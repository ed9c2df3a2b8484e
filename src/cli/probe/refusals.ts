import { addressWords, type StepRefusal } from '../../probe/index.ts'
import type { Exit } from '../exit-codes.ts'
import { interruptedSomehow } from '../stopped-by.ts'

/** A refusal in words: what happened, why most likely, and the exit code where nothing else decides. */
interface RefusalParts {
  readonly what: string
  readonly why: string
  readonly exit: Exit
}

type Told = { readonly [K in StepRefusal['kind']]: (refusal: Extract<StepRefusal, { kind: K }>) => RefusalParts }

const table: Told = {
  absent: (refusal) =>
    told(3, `the probe tool could not be started: ${refusal.words}`, 'it was moved, or is not for this machine'),
  unusable: (refusal) =>
    told(
      3,
      `the probe tool does not even list probes${saidBy(refusal)}`,
      'likely: a part of it is not installed; nrfutil comes without its device command',
    ),
  'no-probe': (refusal) =>
    told(
      3,
      `no probe with this serial number is plugged in${saidBy(refusal)}`,
      `${thereWords(refusal.there)}likely: it is unplugged, has another serial number, or another program has it`,
    ),
  unplugged: (refusal) =>
    told(3, `the probe went away${saidBy(refusal)}`, 'it was unplugged, or its USB hub lost power'),
  'no-chip': (refusal) =>
    told(
      3,
      `no chip answers the probe${saidBy(refusal)}`,
      'likely: the board has no power, or its debug cable is loose; some tools see a locked chip so, too',
    ),
  locked: () =>
    told(
      6,
      'the chip is locked: nothing on it can be read or written',
      'its access port protection is on; only erasing all of it takes that off',
    ),
  'still-locked': () =>
    told(
      6,
      'the chip is locked: nothing on it can be read or written',
      'its access port protection is on; only erasing all of it takes that off',
    ),
  closing: () =>
    told(
      6,
      'the chip is open, and locks itself at its next reset: the writer would run behind a closed port, and the key would stay in flash',
      'UICR.APPROTECT does not say that the port stays open; it is so after a protection was set, and where a chip whose lock is hardened (all nRF91x1) was unlocked for one session only',
    ),
  'not-confirmed': () =>
    told(
      6,
      'it was not confirmed to unlock the chip, which erases all that is on it',
      "nobody is there to ask, or the four characters were not those of this probe's serial number",
    ),
  differs: (refusal) =>
    told(
      5,
      `what was programmed does not read back the same${saidBy(refusal)}`,
      'likely: the supply dipped, or flash is worn',
    ),
  lacks: ({ cannot, words }) =>
    told(
      6,
      `this tool cannot ${cannot === 'keep-open' ? 'open the chip for good' : 'do it'}: ${words}`,
      'another probe tool can',
    ),
  failed: (refusal) => told(4, `the probe tool refused${saidBy(refusal)}`, 'its own words say it best'),
  silence: (refusal) =>
    told(
      3,
      `the probe tool said nothing more for ${refusal.afterMs / 1000} s, and was ended`,
      'likely: the probe hangs; plug it anew',
    ),
  garbled: (refusal) =>
    told(3, `the probe tool's answer makes no sense: ${refusal.why}`, 'likely: its version is newer than this sectag'),
  aborted: () => told(1, 'interrupted before a credential was programmed', interruptedSomehow),
  'wrong-part': (refusal) =>
    told(
      4,
      `the chip is an ${refusal.part}: not supported by this writer`,
      'a writer is built for one kind of chip; the open one is for nRF9160, and examples/ncs/writer can be built for each',
    ),
  'shared-chip': (refusal) =>
    told(
      6,
      `another run is at this chip, by way of ${refusal.with}`,
      'two probes are wired to one board, or two commands reach for one probe',
    ),
  'tool-at-work': ({ tool, run, process }) =>
    told(
      6,
      `${tool} of run ${run}, process ${process}, is still at work at this board`,
      'that run has died, and the tool that it had started goes on alone: what it programs would come over what is blanked now',
    ),
  'beyond-flash': (refusal) =>
    told(
      2,
      `${addressWords(refusal.at.from)} to ${addressWords(refusal.at.to)} does not lie in the flash of this chip`,
      'the writer or the application is for another part',
    ),
  'not-blank': (refusal) =>
    told(
      5,
      `the pages at ${addressWords(refusal.at.from)} still show bytes after they were erased`,
      'likely: the flash is damaged, or protected against erasing',
    ),
  'no-application': ({ lost }) =>
    lost === undefined
      ? noApplication
      : told(
          6,
          `there is no application to put back: what an earlier run had kept in ${lost} is gone or damaged`,
          'likely: somebody has removed or changed that file',
        ),
  reprogrammed: () =>
    told(
      6,
      'somebody has programmed or erased this chip since an earlier run on it was cut: what that run had kept does not belong to what is there now',
      'the board was mended by hand, or with another tool, before the run was taken up',
    ),
  'closes-port': (refusal) =>
    told(
      6,
      `the writer, run with nothing to write, closed the debug port: with a key it would have closed over that${saidBy(refusal)}`,
      'where the lock is hardened, as on all nRF91x1, the firmware that runs has to keep it open too: this writer was built without CONFIG_NRF_APPROTECT_USE_UICR, or with an SDK that does not know this chip',
    ),
  'uicr-taken': ({ at }) =>
    told(
      6,
      `UICR holds something else at ${addressWords(at.from)} than the application says`,
      'its words are only taken back by an erase of all of flash and UICR; the application is for another chip, or another one was here before',
    ),
  'never-answered': (refusal) => neverAnswered(refusal),
  'reads-otherwise': (refusal) =>
    told(
      5,
      `the application does not read back as it should, from ${addressWords(refusal.at)} on`,
      'likely: the supply dipped, or flash is worn',
    ),
  disk: (refusal) =>
    told(
      1,
      `a file could not be read or written: ${refusal.words}`,
      'likely: the disk is full, or the folder is gone or may not be written to',
    ),
  lost: (refusal) =>
    told(
      6,
      `what was on the chip was kept in ${refusal.file}, and is there no more`,
      'somebody has removed it, or its disk is not there',
    ),
  broken: (refusal) =>
    told(
      70,
      `sectag itself failed: ${refusal.words}`,
      'this is a defect of ours; please report it with the command and this text',
    ),
}

const noApplication = told(
  6,
  'there is no application on the chip to put back: an earlier run has taken its place',
  'a run that was cut, here, from another home, or with another tool, has left its writer on the chip or has erased it',
)

/** The words for a refusal; a tool's own exit code and words stay in them. */
export function refusalParts(refusal: StepRefusal): RefusalParts {
  const words = table[refusal.kind] as (refusal: StepRefusal) => RefusalParts
  return words(refusal)
}

function told(exit: Exit, what: string, why: string): RefusalParts {
  return { what, why, exit }
}

/** The probes that are there instead. */
function thereWords(there: readonly string[] | undefined): string {
  if (there === undefined) return ''
  return there.length === 0 ? 'no probe at all is plugged in; ' : `plugged in: ${there.join(', ')}; `
}

function saidBy({ exit, words }: { readonly exit?: number; readonly words: string }): string {
  const number = exit === undefined ? '' : ` (it ended with ${exit})`
  return words === '' ? number : `${number}: ${words}`
}

function neverAnswered({ afterMs, imei }: Extract<StepRefusal, { kind: 'never-answered' }>): RefusalParts {
  const what = `the writer never answered: no result after ${afterMs / 1000} s`
  if (imei !== undefined)
    return told(
      3,
      `${what}, although it has read the IMEI ${imei}`,
      'likely: the modem hangs over an item; a power cycle helps',
    )
  const why =
    'the writer does not run on this chip, looks at another page, or the modem refused CFUN=0 or its IMEI: the open writer tells these no further apart'
  return told(3, what, why)
}
