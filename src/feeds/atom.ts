import { type Feed, updatedOf } from './feed.ts';

/**
 * Atom 1.0 (RFC 4287). Written here because `feed` and `@astrojs/rss` turn every date into UTC, which makes the day of
 * a county's notice the day before.
 */
export function atom({ title, description, home, icon, author, items }: Feed): string {
  const self = `${home}feed.xml`;
  const entries = items.map(
    (item) => `<entry>
<id>${xml(item.id ?? item.url)}</id>
<title>${xml(item.title)}</title>
<link rel="alternate" type="text/html" href="${xml(item.url)}"/>
<published>${item.published}</published>
<updated>${item.updated}</updated>
<author><name>${xml(item.author)}</name></author>
${item.tags.map((tag) => `<category term="${xml(tag)}"/>`).join('')}
<summary>${xml(item.summary)}</summary>
</entry>
`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">
<id>${xml(home)}</id>
<title>${xml(title)}</title>
<subtitle>${xml(description)}</subtitle>
<link rel="self" type="application/atom+xml" href="${xml(self)}"/>
<link rel="alternate" type="text/html" href="${xml(home)}"/>
<updated>${updatedOf({ items })}</updated>
<icon>${xml(icon)}</icon>
<author><name>${xml(author)}</name></author>
${entries.join('')}</feed>
`;
}

/** What a route returns for a feed. */
export const atomResponse = (feed: Feed): Response =>
  new Response(atom(feed), { headers: { 'Content-Type': 'application/atom+xml; charset=utf-8' } });

/** Text for XML: escaped, without the control characters that XML 1.0 cannot hold. */
const xml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must go
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
