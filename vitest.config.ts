import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    isolate: false,
    // Not threads: the native serial module polls on the process's default loop and crashes in a worker.
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default', './test/support/summary-reporter.ts'],
    maxWorkers: 2,
    // Most of the life of a command that a test starts is Node compiling it: hundreds of them share what was compiled.
    env: { NODE_COMPILE_CACHE: new URL('node_modules/.cache/compiled', import.meta.url).pathname },
  },
})
