/** A serial number as it is compared: lower-case hexadecimal of whole octets, none of them zero in front, no colons. */
export function serialKey(hexadecimal: string): string {
  const digits = hexadecimal
    .toLowerCase()
    .replaceAll(/[^0-9a-f]/g, '')
    .replace(/^0+(?=.)/, '')
  return digits.length % 2 === 0 ? digits : `0${digits}`
}
