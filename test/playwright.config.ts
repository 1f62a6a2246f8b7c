import { defineConfig } from '@playwright/test';

// Browserless: the platform is the thing under test, one stack for all, so one worker and no retries.
export default defineConfig({
  testDir: '.',
  testMatch: /(flows|faults)\/.*\.spec\.ts/,
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  outputDir: '../var/test-results',
});
