// Every page in both themes and both languages: nothing for axe to say, one heading of the first rank, no breach of the page's policy.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { live, open, settled, signIn } from '../parts/console.ts';

const complaints: string[] = [];
test.afterEach(() => expect(complaints.splice(0)).toEqual([]));
test.setTimeout(240_000);

const paths = [
  '/account', '/wall', '/slots/7001', '/archonts', '/people', '/people/roles', '/people/sessions', '/people/keys', '/people/explain', '/audit', '/settings', '/trunks', '/health', '/floor', '/nowhere',
];

for (const scheme of ['light', 'dark'] as const)
  for (const language of ['en', 'ru'] as const)
    test(`nothing for axe to say: ${scheme}, ${language}`, async ({ browser }) => {
      const person = await settled('root');
      const { context, page } = await open(browser, complaints, { scheme, language });
      const look = async (): Promise<void> => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map((v) => `${new URL(page.url()).pathname} ${v.id}: ${v.nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
      };
      await page.goto('/login');
      await page.locator('input[autocomplete=username]').waitFor();
      await look();
      await signIn(page, person, '/account');
      await live(page);
      for (const path of paths) {
        await page.goto(path);
        await expect(page.locator('h1')).toHaveCount(1);
        if (path !== '/nowhere') await live(page);
        await look();
      }
      await context.close();
    });
