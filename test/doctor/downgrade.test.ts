import { expect, test } from 'vitest'
import { leader, shareOf, verdictOn } from '../support/evidence.ts'

const said = (mfw: string): string => `> AT+CGMR\n< mfw_nrf9160_${mfw}\n< OK\n`
const full = '> AT%CMNG=1,42\n< %CMNG: 42,0\n< %CMNG: 42,1\n< %CMNG: 42,2\n< OK\n'
const failing = `connect error -95\n${full}`
const context = 'sdk=1.5.0 tag=42'

test('a full tag that fails after a downgrade across 1.3 speaks for a damaged store (LOSS-29)', () => {
  const after = verdictOn(`${said('1.3.1')}${said('1.2.8')}${failing}`, context)
  expect(leader(after)).toBe('cred-store-corrupt')
  expect(shareOf(after, 'version-incompatible')).toBeGreaterThan(0)
  expect(shareOf(verdictOn(`${said('1.2.8')}${failing}`, context), 'cred-store-corrupt')).toBe(0)
})

test('a downgrade that stays on its side of 1.3 is no evidence', () => {
  for (const [from, to] of [
    ['1.3.4', '1.3.1'],
    ['1.2.8', '1.1.4'],
  ] as const)
    expect(shareOf(verdictOn(`${said(from)}${said(to)}${failing}`, context), 'cred-store-corrupt')).toBe(0)
})

test('an upgrade alone is no blame', () => {
  const words = 'The modem firmware was 1.2.3 before the update and is 1.3.1 now.\n'
  for (const upgraded of [`${said('1.2.3')}${said('1.3.1')}`, words]) {
    expect(leader(verdictOn(upgraded))).toBe('insufficient-evidence')
    const verdict = verdictOn(`${upgraded}${failing}`, context)
    expect(shareOf(verdict, 'cred-store-corrupt')).toBe(0)
    // Words that speak of versions are no more than that.
    expect(shareOf(verdict, 'version-incompatible')).toBeLessThan(0.1)
  }
})

test('a downgrade that is told with versions counts once, as one that is told without', () => {
  const [once, twice] = ['the modem firmware was downgraded\n', 'modem firmware downgraded from 1.3.1 to 1.2.8\n'].map(
    (text) => shareOf(verdictOn(`${text}${failing}`, context), 'cred-store-corrupt'),
  )
  expect(Math.abs((twice ?? 0) - (once ?? 0))).toBeLessThan(0.1)
})
