import { chromium, type Page } from 'playwright-core'
import { findProgram } from './outside.ts'

/** A Chromium of the machine: named by SECTAG_CHROMIUM, or on PATH under either of its names. */
export const chromiumProgram =
  findProgram('chromium', 'SECTAG_CHROMIUM') ?? findProgram('chromium-browser', 'SECTAG_CHROMIUM')

/** A page of a browser without a window, and what it has complained of. */
export interface OpenPage {
  readonly page: Page
  readonly complaints: readonly string[]
  close(): Promise<void>
}

/** Opens a page of a browser of its own. */
export async function openPage(address: string): Promise<OpenPage> {
  const browser = await chromium.launch({
    executablePath: chromiumProgram ?? '',
    // CI runs as root, and containers give little shared memory: the pages are our own.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (said) => void (said.type() === 'error' && complaints.push(said.text())))
  page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`))
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.url()}: ${response.status()}`)
  })
  await page.goto(address)
  return { page, complaints, close: () => browser.close() }
}
