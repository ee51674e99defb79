/** Addresses that pages of the site itself have: an entry there would be saved, published and never seen. */

/** First parts of addresses that the publishing server and the build tools answer, or did (`pagefind` until 0.2). */
const OF_SERVER = ['admin', 'api', 'healthz', 'metrics', 'pagefind', 'pictures', 'uploads', '_astro'];

/**
 * Says of a slug why no entry can have it, the end of a Chinese sentence; undefined when it can.
 *
 * @param address of an entry, from its slug: `(slug) => '/events/' + slug + '/'`; null for a type without pages
 * @param routes files of `src/pages`, as `events/changes/index.astro`, and names in `public`
 */
export function takenNames(
  address: ((slug: string) => string) | null,
  routes: readonly string[],
): (slug: string) => string | undefined {
  if (!address) return () => undefined;
  const folder = address('…').slice(1).split('…')[0] ?? '';
  const names = namesIn(folder, routes);
  if (folder === '') for (const name of OF_SERVER) names.add(name);
  return (slug) => {
    const isPageNumber = names.has('[...page]') && /^\d+$/.test(slug);
    return names.has(slug) || isPageNumber
      ? `不能叫「${slug}」，网站自己有一页在 ${address(slug)}，请换一个`
      : undefined;
  };
}

/** `events/changes/feed.xml.ts` in `events/` is `changes`; `help.mdx` at the top is `help`. */
function namesIn(folder: string, routes: readonly string[]): Set<string> {
  const names = new Set<string>();
  for (const route of routes) {
    if (!route.startsWith(folder)) continue;
    const below = route.slice(folder.length);
    const [name = ''] = /^\[[^\]]*\]|^[^./]+/.exec(below) ?? [];
    if (name) names.add(name);
  }
  return names;
}
