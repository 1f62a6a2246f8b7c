// A day at the console: what each role comes for, by hand in the browser, against the running platform.
import { expect, test } from '@playwright/test';
import { get } from '../parts/api.ts';
import { live, open, settled, signIn } from '../parts/console.ts';
import { until } from '../parts/until.ts';

const complaints: string[] = [];
test.afterEach(() => expect(complaints.splice(0)).toEqual([]));

test('an engineer finds slots by the query, drains a hub, and makes a token for a new one', async ({ browser }) => {
  const { context, page } = await open(browser, complaints);
  await signIn(page, await settled('engineer', 'admin'), '/wall');
  await live(page);
  const query = page.getByPlaceholder(/state:FAULT/);
  await query.fill('hub:ls number:8001');
  await query.press('Enter');
  await expect(page.locator('[data-number]')).toHaveCount(1);
  await expect(page.locator('[data-number="8001"]')).toBeVisible();
  await expect(page).toHaveURL(/hub(:|%3A)ls/);

  await page.goto('/archonts');
  await page.getByRole('row', { name: /^ls/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'ls' })).toBeVisible();
  await page.getByRole('button', { name: 'Drain', exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  const reason = dialog.getByLabel('Reason');
  if (await reason.count()) await reason.fill('console test');
  await dialog.getByRole('button', { name: 'Drain', exact: true }).click();
  const drained = async (): Promise<boolean> => (await get<{ items: { label: string; drain: boolean }[] }>('/ottb/hubs?limit=100')).items.find((h) => h.label === 'ls')!.drain;
  await until('the hub is drained', drained);
  await page.getByRole('button', { name: 'End the drain' }).first().click();
  if (await dialog.count()) {
    if (await reason.count()) await reason.fill('console test');
    await dialog.getByRole('button', { name: 'End the drain' }).click();
  }
  await until('the hub takes calls again', async () => !(await drained()));

  await page.goto('/archonts');
  await page.getByRole('button', { name: 'Enrol a hub' }).click();
  await dialog.getByLabel('Label').fill(`mf-${Date.now() % 1_000_000}`);
  await dialog.getByRole('button', { name: 'Make the token' }).click();
  await expect(dialog.getByText('This token is shown only now')).toBeVisible();
  await expect(dialog.getByText('Waiting for the device')).toBeVisible();
  await context.close();
});

test('a security officer ends another\'s session, which is over within a second', async ({ browser }) => {
  const victim = await settled('viewer');
  const theirs = await open(browser, complaints), mine = await open(browser, complaints);
  await signIn(theirs.page, victim, '/wall');
  await live(theirs.page);
  await signIn(mine.page, await settled('security'), '/people/sessions');
  await mine.page.getByRole('textbox', { name: 'Person, address, browser' }).fill(victim.login);
  const theirRow = mine.page.getByRole('row', { name: new RegExp(victim.login) });
  await expect(theirRow).toHaveCount(1);
  await theirRow.getByRole('button', { name: 'End', exact: true }).click();
  await mine.page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click();
  const began = Date.now();
  await expect(theirs.page).toHaveURL(/\/login/, { timeout: 5000 });
  expect(Date.now() - began).toBeLessThan(1500);
  await theirs.context.close();
  await mine.context.close();
});

test('an auditor verifies the chain', async ({ browser }) => {
  const { context, page } = await open(browser, complaints);
  await signIn(page, await settled('auditor'), '/audit');
  await expect(page.getByRole('row', { name: /point\.login/ }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('The log is whole')).toBeVisible({ timeout: 30_000 });
  await context.close();
});

test('a viewer can press no action and is refused kindly', async ({ browser }) => {
  const { context, page } = await open(browser, complaints);
  await signIn(page, await settled('viewer'), '/slots/7001');
  await expect(page.getByRole('heading', { level: 1, name: '7001' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Drain', exact: true })).toBeDisabled();
  await page.goto('/people');
  await expect(page.getByRole('heading', { name: 'This is not open to you' })).toBeVisible();
  await expect(page.getByText('point.person.read')).toBeVisible();
  await context.close();
});
