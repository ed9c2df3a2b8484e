import { type FlashImage, flashOf, stretchOf } from './flash.ts'
import { findMarker } from './marker.ts'

/** Whether an image is a writer and no application: it has the marker of one of ours, or all bytes of this one. */
export function isWriter(image: FlashImage, writer: FlashImage): boolean {
  const marker = findMarker(image)
  if (!marker.ok || marker.value !== undefined) return true
  return writer.spans.every((span) => {
    const there = flashOf(image, stretchOf(span))
    return span.bytes.every((byte, index) => byte === there[index])
  })
}
