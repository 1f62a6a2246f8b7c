import { defineConfig } from '@playwright/test';

// The platform is the thing under test, one stack for all, so one worker and no retries. The console is driven in Debian's Chromium.
export default defineConfig({
  testDir: '.',
  testMatch: /(flows|faults|console)\/.*\.spec\.ts/,
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  use: {
    launchOptions: { executablePath: '/usr/bin/chromium' },
    viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'Europe/Moscow', screenshot: 'only-on-failure', actionTimeout: 10_000,
  },
  reporter: [['list']],
  outputDir: '../var/test-results',
});
