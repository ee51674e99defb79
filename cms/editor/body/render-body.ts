import type { Body } from '../../../src/body/index.ts';
import { siteRoot } from '../client/address.ts';

/** The site's own `renderBody`, for callers that render synchronously. */
export const loadRenderer = async () => (await import('../../../src/body/index.ts')).renderBody;

/**
 * The site's own `renderBody`. Loaded when it is first needed, because its parser is 3 MB of WebAssembly.
 *
 * @param pictureUrl URL of a picture that is not on the site yet
 */
export async function renderInBrowser(
  source: string,
  pictureUrl?: (address: string) => string,
): Promise<Body> {
  return (await loadRenderer())(source, {
    href: (address) => {
      if (!address.startsWith('/') || address.startsWith('//')) return address;
      return pictureUrl && address.startsWith('/uploads/')
        ? pictureUrl(address)
        : siteRoot + address.slice(1);
    },
  });
}
