// The few pictures that docs/console shows: each in both languages, as the role that works with the page sees it.
import type { Browser } from '@playwright/test';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guest } from './people.ts';
import { places } from './places.ts';
import type { Language } from './ready.ts';
import { enter, type Seat } from './seat.ts';

interface Picture {
  name: string;
  role: string;
  path: string;
  height?: number;
  /** What the person presses before the picture is taken, by its words in the language of the page. */
  press?: Record<Language, string>;
}

const mostBytes = 150_000;

async function pictures(): Promise<Picture[]> {
  const all = await places();
  const at = (name: string): string => {
    const found = all.find((place) => place.name === name);
    if (!found) throw new Error(`there is no page ${name} any more: docs.ts asks for it`);
    return found.path;
  };
  return [
    { name: 'wall', role: 'engineer', path: at('wall'), height: 720 },
    { name: 'slot', role: 'engineer', path: at('slot') },
    { name: 'hub', role: 'engineer', path: at('hub') },
    { name: 'campaign', role: 'supervisor', path: at('campaign') },
    { name: 'campaign-new', role: 'supervisor', path: at('campaigns-edit-2'), height: 640 },
    { name: 'leads-import', role: 'supervisor', path: at('leads-import'), height: 560 },
    { name: 'call', role: 'operator', path: at('call') },
    { name: 'calls-history', role: 'operator', path: at('calls-history'), height: 600 },
    { name: 'do-not-call', role: 'operator', path: at('settings-do-not-call'), height: 560 },
    { name: 'leads', role: 'data', path: at('leads-of-campaign'), height: 600 },
    { name: 'analytics', role: 'owner', path: at('analytics') },
    { name: 'floor', role: 'viewer', path: at('floor'), height: 720 },
    { name: 'health', role: 'admin', path: at('health') },
    { name: 'people', role: 'admin', path: `${at('people')}?state=active`, height: 560 },
    { name: 'person', role: 'admin', path: at('person'), height: 640 },
    { name: 'sessions', role: 'security', path: at('people-sessions'), height: 520 },
    { name: 'roles', role: 'security', path: at('people-roles'), height: 640 },
    { name: 'audit', role: 'auditor', path: at('audit'), height: 600, press: { en: 'Verify', ru: 'Проверить' } },
  ];
}

async function webp(seat: Seat): Promise<Buffer> {
  const chromium = await seat.page.context().newCDPSession(seat.page);
  const { data } = await chromium.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  return Buffer.from(data, 'base64');
}

async function take(seat: Seat, one: Picture, file: string): Promise<string[]> {
  await seat.go(one.path, { width: 1280, scheme: one.name === 'floor' ? 'dark' : 'light', height: one.height });
  if (one.press) {
    await seat.page.getByRole('button', { name: one.press[seat.language], exact: true }).click();
    await seat.page.locator('section [data-state=ready][role=status], section [role=alert]').first().waitFor();
    await seat.still();
  }
  const { wrong } = await seat.check();
  writeFileSync(file, await webp(seat));
  const { size } = statSync(file);
  return [...wrong, ...(size > mostBytes ? [`${size} bytes, more than ${mostBytes}`] : [])];
}

/** How many were taken. */
export async function takeForDocs(browser: Browser, folder: string, word: string, failures: string[]): Promise<number> {
  const chosen = (await pictures()).filter((one) => one.name.includes(word)).sort((a, b) => a.role.localeCompare(b.role));
  if (chosen.length === 0) throw new Error(`no picture of the documents has "${word}" in its name`);
  let taken = 0;
  for (const language of ['en', 'ru'] as const) {
    for (const role of new Set(chosen.map((one) => one.role))) {
      const seat = await enter(browser, language, await guest(role));
      for (const one of chosen.filter((each) => each.role === role)) {
        const wrong = await take(seat, one, join(folder, `${one.name}.${language}.webp`)).catch((why: Error) => [why.message.split('\n')[0]!]);
        failures.push(...wrong.map((what) => `${one.name}.${language}: ${what}`));
        taken += 1;
      }
      await seat.close();
    }
  }
  return taken;
}
