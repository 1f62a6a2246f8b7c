// Every page in both themes and both languages: nothing for axe to say, one heading of the first rank, no breach of the page's policy.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { list } from '../parts/api.ts';
import { csv, finished, importLeads, makeCampaign, number, start } from '../parts/campaign.ts';
import { live, open, settled, signIn } from '../parts/console.ts';

const complaints: string[] = [];
test.afterEach(() => expect(complaints.splice(0)).toEqual([]));
test.setTimeout(840_000); // some 150 looks, each a second or more

const paths = [
  '/account', '/wall', '/slots/7001', '/archonts', '/people', '/people/roles', '/people/sessions', '/people/keys', '/people/explain', '/audit', '/settings', '/trunks', '/health', '/floor', '/floor?scheme=light',
  '/campaigns', '/campaigns/new', '/leads', '/leads/import', '/calls', '/calls?tab=history', '/analytics', '/settings/do-not-call', '/settings/flows', '/settings/site', '/nowhere',
];
/** The pages of one campaign, of a lead of it, and of an answered call. */
let told: string[];
test.beforeAll(async () => {
  const campaign = await makeCampaign({ slots: { kinds: ['MF'] } });
  await importLeads(campaign, csv(['25', '56'].map(number)));
  await start(campaign);
  await finished(campaign);
  const [call] = await list(`/ottb/attempts?campaign=${campaign.id}&outcome=answered`);
  told = [`/campaigns/${campaign.id}`, ...[1, 2, 3, 4].map((step) => `/campaigns/${campaign.id}/edit?step=${step}`), `/leads?campaign=${campaign.id}&lead=${call.lead}`, `/leads/import?campaign=${campaign.id}`, `/calls/${call.id}`];
});

const looks = (['light', 'dark'] as const).flatMap((scheme) => (['en', 'ru'] as const).map((language) => ({ scheme, language })));

// A page is opened once and takes on its other looks where it stands, as a person's choice in another tab would have it.
test('nothing for axe to say: every page, light and dark, English and Russian', async ({ browser }) => {
  const person = await settled('root');
  const { context, page } = await open(browser, complaints);
  const other = await context.newPage();
  await other.goto('/icon.svg');
  const wear = async ({ scheme, language }: (typeof looks)[number]): Promise<void> => {
    await other.evaluate((kept) => localStorage.setItem('vss.preferences', kept), JSON.stringify({ scheme, language, at: Date.now() }));
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    if (!new URL(page.url()).pathname.startsWith('/floor')) await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    // Colours go over into each other for a moment: what is in between is nobody's choice.
    await page.evaluate(() => Promise.all(document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity).map((one) => one.finished.catch(() => undefined))));
  };
  const look = async (): Promise<void> => {
    for (const one of looks) {
      await wear(one);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect.soft(violations.map((v) => `${new URL(page.url()).pathname} ${one.scheme} ${one.language} ${v.id}: ${v.nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
    }
  };
  await page.goto('/login');
  await page.locator('input[autocomplete=username]').waitFor();
  await look();
  await signIn(page, person, '/account');
  await live(page);
  for (const path of [...paths, ...told]) {
    await page.goto(path);
    await expect(page.locator('h1')).toHaveCount(1);
    if (path !== '/nowhere') await live(page);
    await expect(page.locator('.mantine-Skeleton-root, .mantine-Loader-root')).toHaveCount(0);
    await look();
  }
  await context.close();
});
