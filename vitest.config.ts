import { defineConfig } from 'vitest/config'

/** Three kinds of tests: pure ones, ones on a real Postgres, and ones in a real browser. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          css: { include: [/tokens\.css/] },
          include: [
            'shared/**/*.test.ts',
            'web/**/*.test.{ts,tsx}',
            'sandbox/**/*.test.ts',
            'tests/support/**/*.test.ts',
            'scripts/**/*.test.mjs',
          ],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'db',
          include: ['api/**/*.test.ts'],
          globalSetup: ['api/testing/global-setup.ts'],
          // A file gets a database of its own; the server is shared, and on two cores more files at once only wait.
          maxWorkers: 2,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['{sandbox,web}/**/*.browser.test.ts'],
          maxWorkers: 1,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
