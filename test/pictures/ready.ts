// When a page may be pictured: its data is there, its charts are drawn, its letters have come, nothing moves; and whether it shows an error.
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { home } from '../parts/stack.ts';

export type Language = 'en' | 'ru';

const texts = (language: Language): any => JSON.parse(readFileSync(join(home, `web/src/i18n/${language}.json`), 'utf8'));
/** What a page says when it cannot do its work. */
const wrongWords = (language: Language): string[] => {
  const { parts } = texts(language);
  return [parts.failed, parts.offline.title, parts.forbidden.title, parts.stale.text, parts.silent.text];
};
const absentWords = (language: Language): string => texts(language).parts.absent.title;

const longest = 30_000;

/** Counts what is under way, and keeps what went wrong since it was last asked. */
export function watch(page: Page): { quiet: () => boolean; wrong: () => string[] } {
  const running = new Set<unknown>();
  let wrong: string[] = [];
  // a shared worker's script is never said to be finished
  page.on('request', (request) => void (/^(fetch|xhr|stylesheet|font|image)$/.test(request.resourceType()) && running.add(request)));
  page.on('requestfinished', (request) => running.delete(request));
  page.on('requestfailed', (request) => running.delete(request));
  page.on('pageerror', (error) => wrong.push(`thrown: ${error.message}`));
  page.on('console', (line) => {
    if (line.type() === 'error' && !/Failed to load resource/.test(line.text())) wrong.push(`console: ${line.text()}`);
  });
  page.on('response', (answer) => {
    const path = new URL(answer.url()).pathname;
    if (answer.status() >= 400 && !(answer.status() === 401 && path === '/point/me')) wrong.push(`${answer.status()} for ${answer.request().method()} ${path}`);
  });
  return { quiet: () => running.size === 0, wrong: () => wrong.splice(0) };
}

const state = (page: Page): Promise<string> =>
  page.evaluate(() => {
    if (document.fonts.status !== 'loaded') return 'its letters have not come';
    if (document.querySelector('.mantine-Skeleton-root, .mantine-Loader-root')) return 'it is still loading';
    if (document.querySelectorAll('h1').length !== 1) return `it has ${document.querySelectorAll('h1').length} headings of the first rank`;
    const line = document.querySelector('[data-line]');
    if (line && line.getAttribute('data-line') !== 'live') return 'its data is not live';
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>('.uplot canvas')) {
      if (canvas.width === 0 || canvas.height === 0) return 'a chart has no size';
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      if (!data.some((one) => one !== 0)) return 'a chart is not drawn';
      const figure = canvas.closest('figure');
      if (figure && canvas.getBoundingClientRect().width > figure.clientWidth + 1) return 'a chart is wider than its place';
    }
    const moves = document.getAnimations().some((one) => one.playState === 'running' && Number.isFinite(one.effect?.getComputedTiming().endTime));
    return moves ? 'something moves' : '';
  });

const shape = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const all = document.querySelectorAll('body *');
    return `${all.length} ${document.documentElement.scrollHeight} ${document.documentElement.clientWidth} ${getComputedStyle(document.body).backgroundColor}`;
  });

/** Waits until the page stands still and is whole; says what was missing when it does not come to that. */
export async function ready(page: Page, quiet: () => boolean): Promise<void> {
  const end = Date.now() + longest;
  let missing = 'it did not answer';
  for (let [before, same] = ['', 0]; Date.now() < end; ) {
    missing = quiet() ? await state(page) : 'requests are under way';
    const now = await shape(page);
    same = missing === '' && now === before ? same + 1 : 0;
    if (same === 2) return;
    before = now;
    await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
  }
  throw new Error(`after ${longest / 1000} s ${missing || 'it changes without end'}`);
}

/** The words of an error that stand on the page. */
export async function errors(page: Page, language: Language, mayBeAbsent: boolean): Promise<string[]> {
  const body = await page.locator('body').innerText();
  return [...wrongWords(language), ...(mayBeAbsent ? [] : [absentWords(language)])].filter((words) => body.includes(words)).map((words) => `it says: ${words}`);
}

/** Where the page is wider than the window, and texts that are cut short: to be looked at. */
export const narrow = (page: Page): Promise<{ wide: string[]; cut: string[] }> =>
  page.evaluate(() => {
    const root = document.documentElement;
    const wide = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} wide in a window of ${root.clientWidth}`] : [];
    const cut = new Set<string>();
    for (const one of document.querySelectorAll<HTMLElement>('body *')) {
      if (one.scrollWidth <= one.clientWidth + 1 || one.clientWidth < 4 || !one.innerText?.trim()) continue;
      const { overflowX, textOverflow } = getComputedStyle(one);
      if (overflowX === 'visible' || overflowX === 'auto' || overflowX === 'scroll') continue;
      if (textOverflow === 'ellipsis' || one.children.length === 0) cut.add(one.innerText.trim().slice(0, 60));
    }
    return { wide, cut: [...cut] };
  });
