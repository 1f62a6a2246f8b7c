// Every page in both themes and both languages: nothing for axe to say, one heading of the first rank, no breach of the page's policy.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { list } from '../parts/api.ts';
import { csv, finished, importLeads, makeCampaign, number, start } from '../parts/campaign.ts';
import { live, open, settled, signIn } from '../parts/console.ts';

const complaints: string[] = [];
test.afterEach(() => expect(complaints.splice(0)).toEqual([]));
test.setTimeout(480_000);

const paths = [
  '/account', '/wall', '/slots/7001', '/archonts', '/people', '/people/roles', '/people/sessions', '/people/keys', '/people/explain', '/audit', '/settings', '/trunks', '/health', '/floor',
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
  told = [`/campaigns/${campaign.id}`, ...[2, 3, 4].map((step) => `/campaigns/${campaign.id}/edit?step=${step}`), `/leads?campaign=${campaign.id}&lead=${call.lead}`, `/leads/import?campaign=${campaign.id}`, `/calls/${call.id}`];
});

for (const scheme of ['light', 'dark'] as const)
  for (const language of ['en', 'ru'] as const)
    test(`nothing for axe to say: ${scheme}, ${language}`, async ({ browser }) => {
      const person = await settled('root');
      const { context, page } = await open(browser, complaints, { scheme, language });
      const look = async (): Promise<void> => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect.soft(violations.map((v) => `${new URL(page.url()).pathname} ${v.id}: ${v.nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
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
