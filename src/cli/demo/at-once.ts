/** Boards that are worked on at the same time. */
export const atOnce = 4
