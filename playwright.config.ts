import { defineConfig } from '@playwright/test'
import { browserFlags, findBrowser } from './tests/support/find-browser.ts'

/** Journeys and attacks through browser and HTTP, each worker with a server of its own. Wants the web app built. */
export default defineConfig({
  testDir: 'tests',
  testMatch: ['journeys/**/*.spec.ts', 'attacks/**/*.spec.ts'],
  outputDir: 'node_modules/.cache/delegraph/journeys',
  workers: 2,
  retries: 0,
  timeout: 150_000,
  expect: { timeout: 25_000 },
  reporter: 'list',
  use: {
    ...{ viewport: { width: 1440, height: 900 }, colorScheme: 'light', locale: 'en-GB', timezoneId: 'UTC' },
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { executablePath: findBrowser(), args: browserFlags },
    screenshot: 'only-on-failure',
    actionTimeout: 20_000,
    navigationTimeout: 40_000,
  },
})
