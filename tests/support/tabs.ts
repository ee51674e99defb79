import type { BrowserContext, Page } from 'playwright-core';

/** Tabs that work side by side: as many as the smallest machine we build on has processors. */
const TABS = 2;

/** Runs `visit` once for each item, in a few tabs of one context; the first failure ends it. */
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
