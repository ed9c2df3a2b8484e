import { testWriter } from './programs.ts'

/** The image of a writer of ours for nRF91x1, by its marker (examples/ncs/writer); it runs on no simulated chip but as the open one does. */
export function writer91x1(page = 0xf_8000): string {
  const marker = new Uint8Array(36)
  marker.set(Buffer.from('sectag-writer\n\0\0', 'latin1'))
  const view = new DataView(marker.buffer)
  const words = [0x1_0001, page, 0x8000, 0x9120]
  for (const [index, word] of words.entries()) view.setUint32(16 + 4 * index, word, true)
  view.setUint32(32, ~words.reduce((all, word) => all ^ word, 0) >>> 0, true)
  return testWriter({ page, marker })
}
