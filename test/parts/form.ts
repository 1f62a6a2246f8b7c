// Fields and dialogs as a person fills them in.
import { expect, type Locator, type Page } from '@playwright/test';

export const input = (within: Page | Locator, label: string | RegExp): Locator => within.getByLabel(label).and(within.locator('input'));

export async function choose(page: Page, label: string | RegExp, option: string | RegExp): Promise<void> {
  await input(page, label).click();
  await page.getByRole('option', { name: option }).click();
}

/** Confirms what the dialog asks, with a reason where one is given; the dialog closes when it is done. */
export async function confirm(page: Page, verb: string, reason = ''): Promise<void> {
  const dialog = page.getByRole('dialog').filter({ has: page.getByRole('button', { name: 'Cancel' }) });
  if (reason) await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: verb, exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

/** The clock of a site in this zone, so many hours from now, as a field of date and time takes it. */
export const wallClock = (hours: number, zone: string): string => new Date(Date.now() + hours * 3_600_000).toLocaleString('sv-SE', { timeZone: zone }).slice(0, 16).replace(' ', 'T');

/** Fills a day and its time, "2026-11-23T14:05". */
export async function moment(page: Page, label: string, wall: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(wall.slice(0, 10));
  await page.getByLabel(`${label}: time`).fill(wall.slice(11));
}
