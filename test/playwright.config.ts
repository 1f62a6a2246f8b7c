import { defineConfig } from '@playwright/test';

// Browserless: the platform is the thing under test, one stack for all, so one worker. A file whose first attempt fails is tried once
// more, because machines stall; it is then printed as flaky by name, which is a defect to look into. Two failures fail.
export default defineConfig({
  testDir: '.',
  testMatch: /(flows|faults)\/.*\.spec\.ts/,
  workers: 1,
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  outputDir: '../var/test-results',
});
