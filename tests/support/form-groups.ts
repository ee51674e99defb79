import type { BrowserContext, Page } from 'playwright-core';
import { FIELD_GROUPS } from '../../src/model/arrangement.ts';

/** The folded groups of an entry's form: tests that fill in a field need not know which group it stands in. */

const KEY = 'portal.open-groups';

/** Every form that is opened in this browser context has all its groups unfolded, as an editor may have left them. */
export async function unfoldGroups(context: BrowserContext): Promise<void> {
  const all = JSON.stringify(Object.keys(FIELD_GROUPS));
  await context.addInitScript(
    ([key, names]) => {
      // An empty page and the preview's frame have no storage.
      if (location.protocol.startsWith('http')) localStorage.setItem(key as string, names as string);
    },
    [KEY, all],
  );
}

/** Waits until an entry's form, or that of a list, has all its fields. */
export async function waitForForm(page: Page): Promise<void> {
  await page.locator('.portal-entry[data-ready] label, .portal-plain-form label').first().waitFor();
}
