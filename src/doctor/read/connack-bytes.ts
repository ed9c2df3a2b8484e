/** An answer to CONNECT that can be read on the way: `20 02 00 04`, `<20020004>`, `0x20 0x02 0x00 0x05` (MQTT 3.1.1, 3.2). */
const spaced =
  /(?<!\b(?:0x)?[0-9a-f]{2}[ ,:]{1,2})\b(?:0x)?20[ ,:]{1,2}(?:0x)?02[ ,:]{1,2}(?:0x)?0[01][ ,:]{1,2}(?:0x)?0([0-5])\b(?![ ,:]{1,2}(?:0x)?[0-9a-f]{2}\b)/i
const joined = /<200200(0[0-5])>|\b0x2002000([0-5])\b/

/** Its return code; undefined for a line without one. */
export function connackIn(text: string): number | undefined {
  const code = (spaced.exec(text) ?? joined.exec(text))?.slice(1).find(Boolean)
  return code === undefined ? undefined : Number(code)
}
