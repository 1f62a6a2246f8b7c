// A browser in front of which somebody sits: one language, one person, looks that change while a page is open.
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { signIn } from '../parts/console.ts';
import { api } from '../parts/stack.ts';
import type { Guest } from './people.ts';
import { errors, type Language, narrow, ready, watch } from './ready.ts';

export interface Looks { width: number; scheme: 'light' | 'dark'; height?: number }

const heightOf = (look: Looks): number => look.height ?? (look.width === 1920 ? 1080 : look.width === 390 ? 844 : 800);

export class Seat {
  readonly page: Page;
  readonly language: Language;
  private readonly context: BrowserContext;
  private readonly watched: ReturnType<typeof watch>;

  constructor(context: BrowserContext, page: Page, language: Language) {
    this.context = context;
    this.page = page;
    this.language = language;
    this.watched = watch(page);
  }

  async go(path: string, look: Looks): Promise<void> {
    await this.page.setViewportSize({ width: look.width, height: heightOf(look) });
    if (this.page.url().startsWith(api)) await this.choose(look); // the page begins with them
    await this.page.goto(path);
    await this.look(look);
  }

  /** As the person would change it: the window's size and the theme. */
  async look(look: Looks): Promise<void> {
    await this.page.setViewportSize({ width: look.width, height: heightOf(look) });
    await this.choose(look);
    await this.page.locator(`html[data-mantine-color-scheme=${look.scheme}]`).waitFor();
    await this.still();
  }

  private choose(look: Looks): Promise<void> {
    return this.page.evaluate((text) => {
      localStorage.setItem('vss.preferences', text);
      dispatchEvent(new StorageEvent('storage', { key: 'vss.preferences', newValue: text }));
    }, JSON.stringify({ scheme: look.scheme, language: this.language }));
  }

  still(): Promise<void> {
    return ready(this.page, this.watched.quiet);
  }

  /** What is wrong with the page that stands there, and which of its texts are cut short. */
  async check(mayBeAbsent = false): Promise<{ wrong: string[]; short: string[] }> {
    const { wide, cut } = await narrow(this.page);
    return { wrong: [...this.watched.wrong(), ...(await errors(this.page, this.language, mayBeAbsent)), ...wide], short: cut };
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

/** `telephone`: touch, and twice as many points. Nobody: the page of signing in. */
export async function enter(browser: Browser, language: Language, person: Guest | null, telephone = false): Promise<Seat> {
  const context = await browser.newContext({
    baseURL: api, locale: language === 'ru' ? 'ru-RU' : 'en-GB', timezoneId: 'Europe/Moscow', viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce',
    ...(telephone ? { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}),
  });
  await context.addInitScript((kept) => localStorage.getItem('vss.preferences') ?? localStorage.setItem('vss.preferences', kept), JSON.stringify({ scheme: 'light', language }));
  const page = await context.newPage();
  const seat = new Seat(context, page, language);
  if (!person) return seat;
  await signIn(page, person, '/login?next=/account');
  await page.locator('[data-line=live]').waitFor();
  await page.mouse.move(0, 0); // no row is under the pointer
  await seat.check();
  return seat;
}
