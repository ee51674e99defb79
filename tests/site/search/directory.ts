import type { Page } from 'playwright-core';

/** Addresses that the open page links to from its main part. */
export async function directoryAddresses(page: Page): Promise<Set<string>> {
  const links = await page.locator('main a').all();
  const addresses = await Promise.all(links.map((link) => link.getAttribute('href')));
  return new Set(addresses.map((address) => new URL(address ?? '', page.url()).pathname));
}
