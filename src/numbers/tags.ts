/** The highest security tag that users may write (CMNG-08). */
export const highestTag = 2_147_483_647
/** The twenty developer tags of nRF91x1: their TLS traffic can be decrypted with Nordic's tools (CMNG-10). */
export const developerTags = { first: 2_147_483_648, last: 2_147_483_667 } as const
/** nRF Cloud's tag by convention (CMNG-13); to the modem it is a number like any other. */
export const cloudTag = 16_842_753

/** What is known of a security tag that bears on using it. */
export type TagKnowledge =
  | { kind: 'free' }
  | { kind: 'convention'; note: string }
  | { kind: 'developer'; note: string }
  | { kind: 'reserved'; note: string }

/** What is known of a tag. `developer` and `reserved` ones must not be written. */
export function tagKnowledge(tag: number): TagKnowledge {
  if (tag === cloudTag) {
    return {
      kind: 'convention',
      note: "nRF Cloud's tag by convention; fine for your own broker when nothing on the board uses nRF Cloud",
    }
  }
  if (tag <= highestTag) return { kind: 'free' }
  if (tag <= developerTags.last) {
    return {
      kind: 'developer',
      note: 'a developer tag: whoever records a modem trace can decrypt its traffic, so it must never hold production secrets',
    }
  }
  return { kind: 'reserved', note: `reserved by Nordic; tags end at ${highestTag}` }
}
