// What every list promises: words stay words in its filter and its address, keys act on what has the focus, a rule is changed with its reason.
import { expect, test } from '@playwright/test';
import { get } from '../parts/api.ts';
import { live, open, settled, signIn } from '../parts/console.ts';
import { until } from '../parts/until.ts';

const complaints: string[] = [];
test.afterEach(() => expect(complaints.splice(0)).toEqual([]));

test('a filter of digits is a word and no quantity, typed or in the address', async ({ browser }) => {
  const { context, page } = await open(browser, complaints);
  await signIn(page, await settled('admin', 'security'), '/wall');
  await live(page);
  await page.getByPlaceholder(/state:FAULT/).pressSequentially('8001', { delay: 40 });
  await expect(page).toHaveURL(/q=8001/);
  await expect(page.locator('[data-number]')).toHaveCount(1);
  await expect(page.locator('[data-number="8001"]')).toBeVisible();
  for (const path of ['/trunks?tab=numbers', '/campaigns', '/archonts', '/people', '/people/sessions', '/people/roles', '/settings', '/settings/flows']) {
    await page.goto(`${path}${path.includes('?') ? '&' : '?'}q=2026`);
    const filter = page.locator('main input[type=text], main input:not([type])').first();
    await expect(filter, path).toHaveValue('2026');
    await expect(page.getByRole('heading', { level: 1 }), path).toBeVisible();
    await filter.fill('');
    await expect(page, path).not.toHaveURL(/q=/);
    await filter.pressSequentially('10.1', { delay: 40 });
    await expect(page, path).toHaveURL(/q=10\.1/);
    await expect(filter, path).toHaveValue('10.1');
  }
  await page.goto('/audit?allowed=true');
  await expect(page.getByRole('combobox', { name: 'Outcome' })).toHaveValue('Allowed');
  await context.close();
});

test('the Wall is sorted by keys, and Enter opens what has the focus', async ({ browser }) => {
  const { context, page } = await open(browser, complaints);
  await signIn(page, await settled('viewer'), '/wall?view=table&q=hub%3Als');
  await live(page);
  const head = page.getByRole('columnheader', { name: 'Number' });
  await head.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  await expect(page).toHaveURL(/sort=-number/);
  const rows = page.locator('[data-number]');
  await expect(rows.first()).toBeVisible();
  await rows.first().focus();
  await page.keyboard.press('ArrowDown');
  const second = await rows.nth(1).getAttribute('data-number');
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/slots/${second}$`));
  await context.close();
});

test('an administrator says how long calls are kept, an auditor reads it', async ({ browser }) => {
  const mine = await open(browser, complaints), theirs = await open(browser, complaints);
  await signIn(mine.page, await settled('admin'), '/settings/site');
  await mine.page.getByRole('button', { name: 'Change: Records of calls' }).click();
  const dialog = mine.page.getByRole('dialog');
  await dialog.getByText('Whole months').click();
  await dialog.getByLabel('Months before this one').fill('13');
  await dialog.getByLabel('Reason').fill('the law of this country');
  await expect(dialog.getByText('A whole number from 14 to 120')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Keep so' })).toBeDisabled();
  await dialog.getByLabel('Months before this one').fill('36');
  await expect(dialog.getByText('Nothing goes by this now')).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep so' }).click();
  await expect(dialog).toBeHidden();
  const rule = async () => (await get<{ items: { what: string; months?: number }[] }>('/dci/retention', 'root')).items.find((one) => one.what === 'calls')!;
  expect((await rule()).months).toBe(36);
  await signIn(theirs.page, await settled('auditor'), '/settings/site');
  await expect(theirs.page.getByText('The month that runs and 36 before it')).toBeVisible();
  await expect(theirs.page.getByRole('button', { name: 'Change: Records of calls' })).toBeDisabled();
  const noted = async () => (await get<{ items: { detail: { reason?: string } }[] }>('/point/audit?action=dci.retention.change&limit=5', 'root')).items.some((one) => one.detail.reason === 'the law of this country');
  await until('the reason stands in the audit log', noted);
  await mine.page.getByRole('button', { name: 'Change: Records of calls' }).click();
  await dialog.getByText('For ever').click();
  await dialog.getByLabel('Reason').fill('as before');
  await dialog.getByRole('button', { name: 'Keep so' }).click();
  await until('everything is kept again', async () => (await rule()).months === undefined);
  await mine.context.close();
  await theirs.context.close();
});
