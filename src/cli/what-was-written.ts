import type { Held } from '../modem/index.ts'
import { leftAlone, type Material, type Run, slotInDoubt } from '../plan/index.ts'
import { byteText, credentialType, type Instant, sameSlot, slotKey } from '../terms/index.ts'
import { parsePem, publicHalf, readPrivateKey, sha256Hex } from '../pki/index.ts'
import type { OpenRun } from './home/journal.ts'
import type { KeyOfTag, KnownBoard, KnownFact, OfTag, WrittenSlot } from './home/known.ts'

/** The client certificates that a run is about to write. */
export function certificatesOf(run: Run, materials: ReadonlyMap<string, Material>): OfTag[] {
  return run.steps.flatMap(({ do: what, slot }) => {
    const [leaf] = materials.get(slotKey(slot))?.certificates ?? []
    const isOne = what === 'write' && slot.type === credentialType.clientCertificate && leaf !== undefined
    return isOne ? [{ tag: slot.tag, fingerprint: leaf.fingerprint }] : []
  })
}

/** The private keys from files that a run is about to write, by their public halves. */
export async function hostKeysOf(run: Run, materials: ReadonlyMap<string, Material>): Promise<KeyOfTag[]> {
  const keys = run.steps.map(async ({ do: what, slot }): Promise<KeyOfTag[]> => {
    const material = materials.get(slotKey(slot))
    if (what !== 'write' || slot.type !== credentialType.privateKey || material === undefined) return []
    const read = readPrivateKey(parsePem(byteText(material.content.reveal())).blocks)
    const spki = 'pkcs8' in read ? await publicHalf(read) : undefined
    return [{ tag: slot.tag, ...(spki !== undefined && { key: sha256Hex(spki) }) }]
  })
  return (await Promise.all(keys)).flat()
}

/** What a run has written, by the digests of the texts; the first variant is the form that is written. */
export function writtenSlots(run: Run): WrittenSlot[] {
  return run.steps.flatMap(({ do: what, slot, status }) => {
    const sha256 = run.wanted.find((want) => sameSlot(want, slot))?.variants?.[0]?.sha256
    return what === 'write' && status === 'done' && sha256 !== undefined ? [{ ...slot, sha256 }] : []
  })
}

/** What is known of a board when a run has made its last change there. What it has left alone is told only where it is over: one that was cut may be taken up yet. */
export function writtenFact(run: Run, at: Instant): Extract<KnownFact, { fact: 'written' }> {
  const cut = run.stopped === 'interrupted' || run.stopped === 'unplugged' || slotInDoubt(run) !== undefined
  return { fact: 'written', at, slots: writtenSlots(run), ...(!cut && { kept: leftAlone(run) }) }
}

/** Keeps the listing of what a run has just changed: whoever changes it again without us is noticed by it. */
export function keepListed(known: KnownBoard | undefined, run: Run, held: readonly Held[]): void {
  const mine = held.filter((item) => run.steps.some(({ slot }) => sameSlot(slot, item)))
  if (mine.length > 0) known?.add({ fact: 'listed', at: known.lastWrite ?? 0, held: mine })
}

/** A run that was cut ends here without more: its last change may have come at any time until now. */
export function endCutWriting(known: KnownBoard | undefined, { run, suspect }: OpenRun, at: Instant): void {
  if (known?.isBeingWritten !== true) return
  const kept = leftAlone(run).filter((slot) => suspect === undefined || !sameSlot(slot, suspect))
  known.add({ fact: 'written', at, slots: writtenSlots(run), kept })
}
