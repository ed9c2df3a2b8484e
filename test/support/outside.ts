import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { test } from 'vitest'

const demanded = process.env['SECTAG_REQUIRE_ALL'] === '1'

/** The path of a program, from the variable that names it or from PATH. */
export function findProgram(name: string, variable: string): string | undefined {
  const named = process.env[variable]
  if (named !== undefined && named !== '') return existsSync(named) ? named : undefined
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Tests that need an outside part. Where it is absent they are skipped by its name, and with SECTAG_REQUIRE_ALL=1 that is
 * a failure.
 */
export function needs(part: string, found: boolean): typeof test | typeof test.skip {
  if (found) return test
  if (demanded) {
    test(`${part} is there, as SECTAG_REQUIRE_ALL demands`, () => {
      throw new Error(`${part} is absent`)
    })
  }
  return skipped(part)
}

/**
 * Tests that ask for something that cannot be installed, such as what a kernel allows: skipped by its name where it is absent,
 * never demanded.
 */
export function asks(part: string, found: boolean): typeof test | typeof test.skip {
  return found ? test : skipped(part)
}

function skipped(part: string): typeof test.skip {
  return ((name: string) => test.skip(`${name} (skipped: ${part} is absent)`, () => {})) as typeof test.skip
}

/** What a program prints; throws when it fails. */
export function output(program: string, args: readonly string[], input?: string): string {
  return execFileSync(program, args, {
    encoding: 'utf8',
    input,
    timeout: 30_000,
    maxBuffer: 64 * 2 ** 20,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}
