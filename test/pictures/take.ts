// Takes pictures of the console: node pictures/take.ts pages|docs FOLDER [WORD], in the environment of tools/env. Run by tools/screenshots.
import { chromium, type Browser } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeForDocs } from './docs.ts';
import { guest, shutOut } from './people.ts';
import { type Place, places } from './places.ts';
import { enter, type Looks, type Seat } from './seat.ts';

const [what = '', folder = '', word = ''] = process.argv.slice(2);
const failures: string[] = [];
const cut = new Map<string, Set<string>>();
let taken = 0;

async function take(seat: Seat, place: Place, all: readonly Looks[]): Promise<void> {
  const looks = place.scheme ? all.filter((look) => look.scheme === place.scheme) : all;
  for (const [n, look] of looks.entries()) {
    const title = `${place.name}-${look.width}-${look.scheme}-${seat.language}`;
    try {
      if (n === 0) await seat.go(place.path, look);
      else await seat.look(look);
      const { wrong, short } = await seat.check(place.name === 'nowhere');
      for (const text of short) cut.set(text, (cut.get(text) ?? new Set()).add(title));
      failures.push(...wrong.map((one) => `${title}: ${one}`));
      writeFileSync(join(folder, `${title}.png`), await seat.page.screenshot());
      taken += 1;
    } catch (why) {
      failures.push(`${title}: ${(why as Error).message.split('\n')[0]}`);
      await seat.page.screenshot({ path: join(folder, `${title}-failed.png`) }).catch(() => undefined);
    }
  }
}

const dark = (width: number): Looks => ({ width, scheme: 'dark' });
const light = (width: number): Looks => ({ width, scheme: 'light' });

async function takePages(browser: Browser): Promise<void> {
  const all = await places();
  const chosen = all.filter((place) => place.name.includes(word));
  const signIn: Place = { name: 'login', path: '/login' };
  const stranger = 'login'.includes(word);
  if (chosen.length === 0 && !stranger) throw new Error(`no page has "${word}" in its name: ${all.map((place) => place.name).join(' ')}`);
  const person = chosen.length > 0 ? await guest('root') : null;
  for (const language of ['en', 'ru'] as const) {
    const looks = language === 'en' ? [light(1280), dark(1280), light(1920), dark(1920)] : [light(1280)];
    if (stranger) {
      const outside = await enter(browser, language, null);
      await take(outside, signIn, looks);
      await outside.close();
    }
    if (!person) continue;
    const desk = await enter(browser, language, person);
    for (const place of chosen) await take(desk, place, looks);
    await desk.close();
    const small = chosen.filter((place) => ['wall', 'calls', 'calls-history'].includes(place.name));
    if (small.length === 0) continue;
    const telephone = await enter(browser, language, person, true);
    for (const place of small) await take(telephone, place, language === 'en' ? [light(390), dark(390)] : [light(390)]);
    await telephone.close();
  }
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
try {
  if (what === 'docs') taken = await takeForDocs(browser, folder, word, failures);
  else await takePages(browser);
} catch (why) {
  failures.push((why as Error).message);
} finally {
  await browser.close();
  await shutOut();
}
for (const [text, where] of cut) console.log(`cut short: "${text.replaceAll('\n', ' ')}" on ${[...where].slice(0, 3).join(', ')}${where.size > 3 ? ` and ${where.size - 3} more` : ''}`);
for (const one of failures) console.error(`vss: screenshots: ${one}`);
console.log(`${taken} pictures in ${folder}${failures.length > 0 ? `, ${failures.length} failures` : ''}`);
process.exitCode = failures.length > 0 ? 1 : 0;
