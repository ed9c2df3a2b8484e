import { digestVariants, parsePem, readCertificate } from '../pki/index.ts'
import { credentialType, Secret, type Slot, slotKey, utf8 } from '../terms/index.ts'
import type { Settled, Wanted } from './settle.ts'
import type { SettledItem } from './settled-item.ts'

/** The content of a client certificate slot from what an authority issued: PEM, leaf first. */
export function issuedMaterial(tag: number, chain: string): SettledItem {
  const content = utf8(chain)
  const slot: Slot = { tag, type: credentialType.clientCertificate }
  const certificates = parsePem(chain).blocks.map(({ der }) => readCertificate(der))
  const origin = 'what our authority issued'
  return {
    material: { slot, content: new Secret(content), bytes: content.length, certificates, origin },
    variants: digestVariants(content, content),
  }
}

/**
 * A settled manifest as it is for one board: where a key was born in it, the certificate that was issued for it is
 * wanted, and the key is wanted as it is.
 *
 * @param chainOf the certificate that is known for a tag of this board, PEM; undefined where none is
 */
export function knowing(settled: Settled, chainOf: (tag: number) => string | undefined): Settled {
  const materials = new Map(settled.materials)
  const wanted = settled.wanted.map((want): Wanted => {
    const chain = want.profile === undefined ? undefined : chainOf(want.tag)
    if (chain === undefined) return want
    if (want.type !== credentialType.clientCertificate) return { ...want, source: 'existing' }
    const { material, variants } = issuedMaterial(want.tag, chain)
    materials.set(slotKey(want), material)
    return { ...want, source: 'existing', variants }
  })
  return { ...settled, wanted, materials }
}
