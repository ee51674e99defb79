import type { BrowserContext, Page } from 'playwright-core';

/** Parallel tabs: as many as the smallest supported machine has processors. */
const TABS = 2;

/** Runs `visit` for each item in parallel tabs of one context; rejects with the first error. */
export async function inTabs<Item>(
  context: BrowserContext,
  items: readonly Item[],
  visit: (tab: Page, item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const work = async () => {
    const tab = await context.newPage();
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await visit(tab, item);
    await tab.close();
  };
  await Promise.all(Array.from({ length: Math.min(TABS, items.length) }, work));
}
