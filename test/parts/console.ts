// People who sign in to the console, and the pages they open.
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { post } from './api.ts';
import { api } from './stack.ts';

export interface Person { id: string; login: string; password: string }

/** A new person of these roles with a one-time password. */
export async function hire(...roles: string[]): Promise<Person> {
  const login = `${roles[0]}-${randomBytes(3).toString('hex')}`;
  const made = await post('/point/people', { login, display_name: `Test ${roles[0]}`, roles }, 'root');
  return { id: made.person.id, login, password: made.first_password.password };
}

/** The same, who has chosen a password already, through REST. */
export async function settled(...roles: string[]): Promise<Person> {
  const person = await hire(...roles);
  const next = `${randomBytes(9).toString('hex')} long phrase`;
  const json = { 'content-type': 'application/json' };
  const signed = await fetch(`${api}/point/login`, { method: 'POST', headers: json, body: JSON.stringify({ login: person.login, password: person.password }) });
  const { access_token } = (await signed.json()) as { access_token: string };
  const changed = await fetch(`${api}/point/me/password`, { method: 'POST', headers: { ...json, authorization: `Bearer ${access_token}` }, body: JSON.stringify({ current: person.password, next }) });
  expect(changed.status).toBe(204);
  await fetch(`${api}/point/logout`, { method: 'POST', headers: { authorization: `Bearer ${access_token}` } });
  return { ...person, password: next };
}

export interface Looks { scheme?: 'light' | 'dark'; language?: 'en' | 'ru'; at?: string }

/** A browser of one's own. Every word of its console and every breach of the page's policy fails the test that owns `complaints`. */
export async function open(browser: Browser, complaints: string[], looks: Looks = {}): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL: looks.at ?? api });
  await context.addInitScript((kept) => localStorage.setItem('vss.preferences', kept), JSON.stringify({ scheme: looks.scheme ?? 'light', language: looks.language ?? 'en' }));
  const page = await context.newPage();
  page.on('pageerror', (e) => complaints.push(`thrown: ${e.message}`));
  page.on('console', (m) => {
    if (m.type() === 'error' && !/Failed to load resource|WebSocket connection/.test(m.text())) complaints.push(m.text());
    if (/Content Security Policy/i.test(m.text())) complaints.push(m.text());
  });
  return { context, page };
}

export async function signIn(page: Page, person: Person, to = '/'): Promise<void> {
  await page.goto(to);
  await page.locator('input[autocomplete=username]').fill(person.login);
  await page.locator('input[autocomplete=current-password]').fill(person.password);
  await page.locator('button[type=submit]').click();
}

export const live = (page: Page): Promise<void> => expect(page.locator('[data-line=live]')).toBeVisible();
