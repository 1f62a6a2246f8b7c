// A large import: the page says that it runs, finds it again after a reload, and shows what came of it.
import { expect, test } from '@playwright/test';
import { get } from '../parts/api.ts';
import { areaCount, csv, makeCampaign, number } from '../parts/campaign.ts';
import { open, settled, signIn } from '../parts/console.ts';
import { confirm } from '../parts/form.ts';

test.setTimeout(180_000);

const complaints: string[] = [];
test.afterEach(() => expect(complaints.splice(0)).toEqual([]));

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

test('an import goes on while its page is reloaded, and can be undone', async ({ browser }) => {
  const campaign = await makeCampaign();
  const numbers = Array.from({ length: 100 }, (_, i) => Array.from({ length: areaCount }, () => number(String(i).padStart(2, '0')))).flat();
  const { context, page } = await open(browser, complaints);
  await signIn(page, await settled('supervisor'), `/leads/import?campaign=${campaign.id}`);
  await page.locator('input[type=file]').setInputFiles({ name: 'large.csv', mimeType: 'text/csv', buffer: Buffer.from(csv(numbers)) });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`import=${uuid}`));
  await expect(page.getByRole('progressbar', { name: 'Progress of the import' })).toBeVisible();
  const { state } = await get(`/ottb/imports/${new URL(page.url()).searchParams.get('import')}`);
  await page.reload();
  expect(state, 'it ran when the page was reloaded').toBe('running');
  const result = page.getByRole('region', { name: 'large.csv' });
  await expect(result.getByRole('definition').first()).toHaveText(numbers.length.toLocaleString('en'), { timeout: 60_000 });
  await result.getByRole('button', { name: 'Undo the import' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill(String(numbers.length));
  await confirm(page, 'Undo the import');
  await expect(page.getByText('This import was undone')).toBeVisible();
  await context.close();
});
