import { type Outcome, ok } from '../terms/index.ts'
import { endOf, erasedByte, type FlashImage, imageOf, nrf91Uicr, type Span, stretchOf, within } from './flash.ts'
import type { Probe, Stretch, ToolRefusal } from './tool.ts'

/** What an application says of UICR, beside what is there. */
export interface UicrWords {
  /** What is still to be programmed. What is there already is not programmed again: a tool may fail over that (PROBE-54). */
  readonly missing: readonly Span[]
  /** The first place where something else stands: only an erase of all takes it away (PROBE-14). */
  readonly taken?: Stretch
}

/** Compares them. Where an application says nothing of UICR, nothing is read. */
export async function uicrWords(
  probe: Probe,
  application: FlashImage | undefined,
): Promise<Outcome<UicrWords, ToolRefusal>> {
  const spans = application?.spans.filter((span) => within(stretchOf(span), nrf91Uicr)) ?? []
  const [first, last] = [spans[0], spans.at(-1)]
  if (first === undefined || last === undefined) return ok({ missing: [] })
  const read = await probe.read({ from: first.at, to: endOf(last) })
  if (!read.ok) return read
  const there = (at: number): number => read.value[at - first.at] ?? erasedByte
  const others = bytesOf(spans).filter(({ at, byte }) => there(at) !== byte)
  const taken = others.find(({ at }) => there(at) !== erasedByte)
  const missing = others.map(({ at, byte }) => ({ at, bytes: Uint8Array.of(byte) }))
  return ok({
    missing: imageOf(missing).spans,
    ...(taken !== undefined && { taken: { from: taken.at, to: taken.at + 1 } }),
  })
}

function bytesOf(spans: readonly Span[]): { at: number; byte: number }[] {
  return spans.flatMap(({ at, bytes }) => Array.from(bytes, (byte, index) => ({ at: at + index, byte })))
}

/** An application with only those words for UICR that are not there yet. */
export function withUicr({ spans }: FlashImage, { missing }: UicrWords): FlashImage {
  return imageOf([...spans.filter((span) => !within(stretchOf(span), nrf91Uicr)), ...missing])
}
