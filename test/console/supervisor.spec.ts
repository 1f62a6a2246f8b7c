// A supervisor's day by hand in the browser: a campaign is built, filled, run, explained and drained; its calls are watched, told and ended.
import { expect, test, type Page } from '@playwright/test';
import { get, list, post } from '../parts/api.ts';
import { callerId, ensureTrunks, number, type Campaign } from '../parts/campaign.ts';
import { live, open, settled, signIn, type Person } from '../parts/console.ts';
import { choose, confirm, input, moment, wallClock } from '../parts/form.ts';
import { until } from '../parts/until.ts';

test.describe.configure({ mode: 'serial' });
test.setTimeout(180_000);

const complaints: string[] = [];
test.afterEach(() => expect(complaints.splice(0)).toEqual([]));

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const name = `spring offer ${Date.now() % 1_000_000}`;
// One that rings for a minute and is dialled first; then people who listen to the whole flow.
const ringing = number('67'), people = Array.from({ length: 18 }, (_, i) => number(String(i).padStart(2, '0')));
const row = (phone: string, priority: number): string => `${phone},yes,order form,${priority},Test`;
const file = [
  'telephone,consent,consent_source,priority,first_name',
  row(ringing.slice(2), 9), ...people.map((one) => row(one.slice(2), 5)), row('not a number', 5), row('+80012345678', 1),
].join('\n');

let person: Person;
const campaign: Campaign = { id: '', name };

test.beforeAll(async () => {
  await ensureTrunks();
  person = await settled('supervisor');
});
test.afterAll(async () => {
  if (!campaign.id) return;
  const { state } = await get(`/ottb/campaigns/${campaign.id}`);
  if (['running', 'paused', 'draining'].includes(state)) await post(`/ottb/campaigns/${campaign.id}/stop`);
  await until('its calls are over', async () => (await get(`/ottb/campaigns/${campaign.id}/progress`)).calls_now === 0, 90_000);
});

const counted = async (page: Page, step: string): Promise<number> =>
  Number((await page.getByRole('region', { name: 'Funnel' }).getByRole('row', { name: step }).getByRole('cell').nth(1).innerText()).replaceAll(/\D/g, ''));

test('builds a campaign with the wizard; a mistake is said at its field, and a reload loses nothing', async ({ browser }) => {
  const { context, page } = await open(browser, complaints);
  await signIn(page, person, '/campaigns/new');
  const next = page.getByRole('button', { name: 'Next' });
  await next.click();
  await expect(page.getByText('An IVR campaign needs a flow')).toBeVisible();
  await input(page, 'Name').fill(name);
  await page.getByText('IVR', { exact: true }).click();
  await choose(page, 'IVR flow', /^demo/);
  await choose(page, 'Rules of calling', /^demo/);
  await expect(page.getByText('Only people whose consent is recorded')).toBeVisible();
  await next.click();
  await page.reload();
  await page.getByRole('checkbox', { name: 'MF' }).check();
  await input(page, 'Slot numbers').fill('7005, 7006');
  await choose(page, 'Caller ID', callerId);
  await next.click();
  const zone = (await page.locator('meta[name=site-zone]').getAttribute('content'))!;
  await moment(page, 'Not before', wallClock(-24, zone));
  await moment(page, 'Not after', wallClock(24, zone));
  await input(page, 'Ringing at most').fill('60');
  await input(page, 'Attempts per lead').fill('1');
  await next.click();
  await expect(page.getByText('7005, 7006')).toBeVisible();
  await page.getByRole('button', { name: 'Create as a draft' }).click();
  await expect(page).toHaveURL(new RegExp(`/campaigns/${uuid}$`));
  campaign.id = page.url().split('/').at(-1)!;
  await expect(page.getByText('Nothing is dialled: this is a draft.')).toBeVisible();
  expect(await get(`/ottb/campaigns/${campaign.id}`)).toMatchObject({ name, mode: 'ivr', state: 'draft', caller_id: callerId, ring_seconds: 60, max_attempts: 1, slots: { kinds: ['MF'], numbers: ['7005', '7006'] } });
  await context.close();
});

test('imports leads: mapping, preview, zones and law are seen before; the bad row is in the error file', async ({ browser }) => {
  const { context, page } = await open(browser, complaints);
  await signIn(page, person, `/campaigns/${campaign.id}`);
  await page.getByRole('button', { name: 'Import leads' }).click();
  await page.locator('input[type=file]').setInputFiles({ name: 'spring.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
  await expect(input(page, 'Telephone number')).toHaveValue('telephone');
  await expect(page.getByText('Also kept, sealed: first_name')).toBeVisible();
  await expect(page.getByRole('region', { name: 'First 20 rows' }).getByRole('row')).toHaveCount(21);
  await expect(page.getByText('Of the first 21 rows 1 are good, 20 wrong, 0 duplicates.')).toBeVisible();
  await input(page, 'Country of national numbers').fill('US');
  await expect(page.getByText('Of the first 21 rows 20 are good, 1 wrong, 0 duplicates.')).toBeVisible();
  await expect(page.getByText('Time zone unknown: 1 (5%).')).toBeVisible();
  await expect(page.getByRole('list', { name: 'What the rules say' })).toContainText('Every row has consent.');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`import=${uuid}`));
  const result = page.getByRole('region', { name: 'spring.csv' });
  await expect(result.getByRole('definition')).toHaveText([/^21/, /^20/, /^0/, /^1/, /^1/]);
  const [errors] = await Promise.all([page.waitForEvent('download'), result.getByRole('link', { name: 'Error file' }).click()]);
  const text = (await (await errors.createReadStream()).toArray()).join('');
  expect(text).toBe('line,column,code,message\r\n21,phone,not_a_number,not a telephone number\r\n');
  await context.close();
});

test('starts it: the funnel moves, a live call is hung up with a reason, and in pause it says why nothing is dialled', async ({ browser }) => {
  const { context, page } = await open(browser, complaints);
  await signIn(page, person, `/campaigns/${campaign.id}`);
  await live(page);
  expect(await counted(page, 'Leads')).toBe(20);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await confirm(page, 'Start');
  await expect(page.getByRole('region', { name: 'Dialling' })).toContainText('Slots are in a call.');
  await expect.poll(() => counted(page, 'Answered')).toBeGreaterThan(0);

  await page.getByRole('link', { name: 'Its live calls' }).click();
  const calls = page.getByRole('grid', { name: 'Live' }), rings = calls.getByRole('row', { name: /Ringing/ });
  await expect(rings.first()).toBeVisible();
  await expect(calls.getByRole('row', { name: /Answered/ }).first()).toBeVisible();
  expect(await page.locator('body').innerText()).not.toMatch(/\+\d{7,}/);
  const { id } = await until('one rings for a minute', async () => (await list(`/ottb/attempts?campaign=${campaign.id}`)).find((one) => one.state === 'ringing' && Date.now() - Date.parse(one.ringing_at) > 2000));
  await rings.filter({ hasText: id.slice(-6) }).getByRole('button', { name: /Hang up/ }).click();
  await confirm(page, 'Hang up', 'called by mistake');
  await expect(rings.filter({ hasText: id.slice(-6) })).toHaveCount(0);
  await until('the call has ended', async () => (await get(`/ottb/attempts/${id}`)).attempt.ended_at);

  await page.goto(`/campaigns/${campaign.id}`);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await confirm(page, 'Pause');
  await expect(page.getByText('Nothing is dialled: the campaign is paused. Resume it to go on.')).toBeVisible();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await confirm(page, 'Resume');
  await page.getByRole('button', { name: 'Drain', exact: true }).click();
  await confirm(page, 'Drain');
  await expect(page.getByText('Nothing is dialled: the campaign is stopped.')).toBeVisible({ timeout: 60_000 });
  expect((await get(`/ottb/campaigns/${campaign.id}/progress`)).due).toBeGreaterThan(0);
  await context.close();
});

test('reads one call from permit to record, and finds calls by number in under a second, without the number in any address', async ({ browser }) => {
  const { context, page } = await open(browser, complaints);
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  await signIn(page, person, '/calls');
  await live(page);
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByLabel('Telephone number or call id').fill(ringing);
  const began = Date.now();
  await page.getByRole('dialog').getByRole('button', { name: 'Find', exact: true }).click();
  const found = page.getByRole('grid', { name: 'History' }).getByRole('row').nth(1);
  await found.waitFor();
  const took = Date.now() - began;
  console.log(`  found by number after ${took} ms`);
  expect(took).toBeLessThan(1000);
  await expect(page).toHaveURL(new RegExp(`found=${uuid}`));
  await found.click();
  await expect(page).toHaveURL(new RegExp(`/calls/${uuid}$`));
  await expect(page.getByRole('region', { name: 'Permit and its gates' })).toContainText('The permit was given.');
  await expect(page.getByRole('region', { name: 'Permit and its gates' }).getByText('Passed').first()).toBeVisible();
  await expect(page.getByRole('img', { name: 'SIP ladder' })).toContainText('INVITE');
  await expect(page.getByRole('img', { name: 'SIP ladder' })).toContainText('CANCEL');
  await expect(page.getByRole('region', { name: 'Steps of the slot' }).getByRole('listitem').first()).toBeVisible();
  const record = page.getByRole('region', { name: 'Call record' });
  await expect(record.getByRole('columnheader', { name: 'Hub' })).toBeVisible();
  await expect(record.getByRole('row', { name: /Outcome/ })).not.toContainText('not here yet');
  await expect(record.getByRole('row', { name: /Ended by/ })).toContainText('An order');
  expect(await page.locator('body').innerText()).not.toContain(ringing.slice(2));
  expect(addresses.filter((one) => one.includes(ringing.slice(2)))).toEqual([]);
  await context.close();
});

test('sees a number only for a reason, which stands in the audit log', async ({ browser }) => {
  const { context, page } = await open(browser, complaints);
  await signIn(page, person, `/leads?campaign=${campaign.id}`);
  const leads = page.getByRole('grid', { name: 'Leads' });
  await expect(leads.getByRole('row').nth(1)).toBeVisible();
  expect(await leads.innerText()).not.toMatch(/\d{7,}/);
  await leads.getByRole('row').nth(1).click();
  const reason = `asked to be called back ${name}`;
  await page.getByRole('button', { name: 'Show the number' }).click();
  await confirm(page, 'Show', reason);
  await expect(page.getByRole('dialog').getByText(/^\+1\d{10}$/)).toBeVisible();
  const { items } = await get(`/point/audit?action=ottb.lead.reveal&actor=${person.id}`, 'auditor');
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ allowed: true, detail: { reason } });
  await context.close();
});
