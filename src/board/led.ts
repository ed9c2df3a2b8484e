/** What the light of a board tells a person in the field. */
export type Led = 'off' | 'searching' | 'connecting' | 'connected' | 'error' | 'missing' | 'sleeping'

/** How each state looks and what it means. A person sees these, and nothing else, of a board in a field. */
export const ledTable: Readonly<Record<Led, { readonly light: string; readonly meaning: string }>> = {
  off: { light: 'dark', meaning: 'no power, or the application has stopped' },
  searching: { light: 'blue, slow blinking', meaning: 'looking for the mobile network' },
  connecting: { light: 'blue, quick blinking', meaning: 'registered, and connecting to the broker' },
  connected: { light: 'green', meaning: 'in a session with the broker' },
  error: { light: 'red', meaning: 'no network for this SIM, or the broker was not reached; it tries again' },
  missing: { light: 'red, quick blinking', meaning: 'credentials are missing in its tag; it has said so by SMS' },
  sleeping: { light: 'dark, a short blue blink now and then', meaning: 'sleeps until its next contact' },
}
