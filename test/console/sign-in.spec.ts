// Signing in to the console: the first password, the second factor and its recovery codes, and the end of sessions wherever they are.
import { expect, test, type Page } from '@playwright/test';
import { createHmac } from 'node:crypto';
import { get, del } from '../parts/api.ts';
import { hire, live, open, settled, signIn } from '../parts/console.ts';
import { api, port } from '../parts/stack.ts';
import { until } from '../parts/until.ts';

const complaints: string[] = [];
test.afterEach(() => expect(complaints.splice(0)).toEqual([]));

/** RFC 6238: SHA-1, 30 s, six digits. */
function totp(base32: string, at = Date.now()): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...base32.replaceAll(/[ =]/g, '')].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g)!.map((b) => parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const from = mac[19]! & 15;
  return String((mac.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const submit = (page: Page): Promise<void> => page.locator('button[type=submit]').click();

test('a one-time password opens only the door to one\'s own, then the page that was asked for', async ({ browser }) => {
  const person = await hire('engineer');
  const { context, page } = await open(browser, complaints);
  await signIn(page, person, '/wall');
  await expect(page.getByText('You signed in with a one-time password')).toBeVisible();
  await page.locator('input[autocomplete=current-password]').fill(person.password);
  for (const field of await page.locator('input[autocomplete=new-password]').all()) await field.fill('seven green lamps at dusk');
  await submit(page);
  await expect(page.getByRole('heading', { name: 'Wall' })).toBeVisible();
  await live(page);
  const cookies = await context.cookies();
  expect(cookies.map((c) => [c.name, c.httpOnly, c.secure, c.sameSite])).toEqual([['__Host-vss', true, true, 'Strict']]);
  expect(await page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage)])).toEqual([['vss.preferences'], []]);
  await context.close();
});

test('a wrong password says so and nothing more', async ({ browser }) => {
  const person = await settled('viewer');
  const { context, page } = await open(browser, complaints);
  await signIn(page, { ...person, password: 'not this one' });
  await expect(page.getByRole('alert')).toHaveText('The login or the password is wrong.');
  await signIn(page, { ...person, login: 'nobody-of-that-name', password: 'not this one' });
  await expect(page.getByRole('alert')).toHaveText('The login or the password is wrong.');
  await context.close();
});

test('a second factor is turned on, asked for, and replaced once by a recovery code', async ({ browser }) => {
  const person = await settled('auditor');
  const { context, page } = await open(browser, complaints);
  await signIn(page, person, '/account');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.locator('form input[autocomplete=current-password]').last().fill(person.password);
  await page.getByRole('button', { name: 'Next' }).click();
  const key = (await page.getByRole('region', { name: 'Second factor' }).locator('code').first().innerText()).replaceAll(/\s/g, '');
  await page.locator('input[autocomplete=one-time-code]').fill(totp(key));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('These recovery codes are shown only now')).toBeVisible();
  const codes = await page.getByRole('region', { name: 'Second factor' }).locator('code').allInnerTexts();
  expect(codes).toHaveLength(10);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();

  await signIn(page, person, '/account');
  await expect(page.getByRole('heading', { name: 'Second factor' })).toBeVisible();
  await page.locator('input[autocomplete=one-time-code]').fill('000000');
  await submit(page);
  await expect(page.getByRole('alert')).toContainText('This code is not accepted');
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  const enter = async (code: string): Promise<void> => {
    await page.locator('input[autocomplete=one-time-code]').fill(code);
    await submit(page);
  };
  await enter(codes[0]!);
  await expect(page.getByRole('heading', { name: 'Test auditor' })).toBeVisible();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await signIn(page, person, '/account');
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await enter(codes[0]!);  // a second time
  await expect(page.getByRole('alert')).toContainText('This recovery code is not accepted');
  await context.close();
});

test('a session that is ended elsewhere ends here within a second, and so do its live data', async ({ browser }) => {
  const person = await settled('engineer');
  const { context, page } = await open(browser, complaints);
  await signIn(page, person, '/wall');
  await live(page);
  const sessions = await until('the session is listed', async () => {
    const all = await get<{ items: { id: string; person?: string }[] }>(`/point/sessions?person=${person.id}`, 'security');
    return all.items.length > 0 ? all.items : null;
  });
  const began = Date.now();
  await Promise.all(sessions.map((one) => del(`/point/sessions/${one.id}`, 'security')));
  await expect(page).toHaveURL(/\/login/, { timeout: 5000 });
  const took = Date.now() - began;
  console.log(`  signed out after ${took} ms`);
  expect(took).toBeLessThan(1500);  // one second and the page's own way to the door
  await context.close();
});

test('"sign out everywhere" ends the other browser too', async ({ browser }) => {
  const person = await settled('engineer');
  const one = await open(browser, complaints), two = await open(browser, complaints);
  await signIn(one.page, person, '/wall');
  await signIn(two.page, person, '/account');
  await live(one.page);
  await two.page.getByRole('button', { name: 'Sign out everywhere' }).first().click();
  await two.page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(two.page).toHaveURL(/\/login/);
  await expect(one.page).toHaveURL(/\/login/, { timeout: 3000 });
  await one.context.close();
  await two.context.close();
});

test('who may not see a page is told which permission is missing', async ({ browser }) => {
  const person = await settled('operator');
  const { context, page } = await open(browser, complaints);
  await signIn(page, person, '/trunks');
  await expect(page.getByRole('heading', { name: 'This is not open to you' })).toBeVisible();
  await expect(page.getByText('ottb.trunk.read')).toBeVisible();
  await context.close();
});

test('a change needs the page\'s own origin, and a cookie alone opens no socket', async () => {
  const person = await settled('engineer');
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify({ login: person.login, password: person.password });
  const signed = await fetch(`${api}/point/browser/login`, { method: 'POST', headers: { ...json, origin: api }, body });
  const cookie = signed.headers.get('set-cookie')!.split(';')[0]!;
  expect((await fetch(`${api}/point/me`, { headers: { cookie } })).status).toBe(200);
  for (const origin of [undefined, 'http://evil.example', `https://127.0.0.1:${port('API')}`]) {
    const answer = await fetch(`${api}/workspace/tickets`, { method: 'POST', headers: { cookie, ...(origin ? { origin } : {}) } });
    expect(answer.status).toBe(403);
    expect(((await answer.json()) as { type: string }).type).toBe('/problems/other-origin');
  }
  expect((await fetch(`${api}/workspace/tickets`, { method: 'POST', headers: { cookie, origin: api } })).status).toBe(200);
});

test('pages come with their headers, assets for ever, and nothing of the API is cached', async () => {
  const page = await fetch(`${api}/wall`);
  const policy = page.headers.get('content-security-policy')!;
  expect(policy).not.toContain('unsafe');
  expect(page.headers.get('cache-control')).toBe('no-store');
  const html = await page.text(), again = await (await fetch(`${api}/wall`)).text();
  const nonce = /nonce="([0-9a-f]{32})"/.exec(html)![1]!;
  expect(policy).toContain(`'nonce-${nonce}'`);
  expect(again).not.toContain(nonce);
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)![1]!;
  const asset = await fetch(api + script, { headers: { 'accept-encoding': 'br' } });
  expect([asset.headers.get('content-encoding'), asset.headers.get('cache-control')]).toEqual(['br', 'public, max-age=31536000, immutable']);
  expect((await fetch(`${api}/no/such/file.txt`)).status).toBe(404);
  expect((await fetch(`${api}/ottb/none`)).headers.get('content-type')).toContain('problem+json');
});
