import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type BuiltPage, decoded } from './pages.ts';

const ADDRESSES = ['href', 'src', 'poster', 'action', 'xlink:href'];

/** Ids and addresses of one page, as a browser resolves them. */
interface Contents {
  ids: Set<string>;
  addresses: string[];
  /** Origin of the public site, from the canonical link. */
  origin: string;
}

const TAG = /<[a-z][\w-]*((?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*)\s*\/?>/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)="([^"]*)"/g;

/** A scan of the tags is enough, and ten times as fast as a parser: `html.test.ts` shows that pages are well formed. */
function contentsOf({ html }: BuiltPage): Contents {
  const contents: Contents = { ids: new Set(), addresses: [], origin: '' };
  const markup = html.replace(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/g, '$1');
  for (const [tag, attributes = ''] of markup.matchAll(TAG))
    for (const [, name = '', value = ''] of attributes.matchAll(ATTRIBUTE)) {
      const text = decoded(value);
      if (name === 'id') contents.ids.add(text);
      else if (name === 'srcset')
        contents.addresses.push(...text.split(',').map((part) => part.trim().split(/\s+/)[0] ?? ''));
      else if (ADDRESSES.includes(name)) contents.addresses.push(text);
      if (name === 'href' && tag.includes('rel="canonical"')) contents.origin = new URL(text).origin;
    }
  return contents;
}

/**
 * Every address on a site's pages that leads nowhere on it, as `page → address reason`.
 *
 * @param base path below which the site lives, `/` or `/kepu/`; addresses outside it are dead
 */
export function deadLinks(outDir: string, pages: readonly BuiltPage[], base = '/'): string[] {
  const contents = new Map(pages.map((page) => [page.address, contentsOf(page)]));
  const verdicts = new Map<string, string | undefined>();
  const judge = (url: URL): string | undefined => {
    const path = decodeURI(url.pathname);
    if (!path.startsWith(base)) return `不在 ${base} 之下`;
    const address = `/${path.slice(base.length)}`;
    const file = join(outDir, address);
    // The editor is bundled separately.
    if (address.startsWith('/admin/')) return undefined;
    if (address.endsWith('/')) {
      const target = contents.get(address);
      if (!target) return '没有这一页';
      const fragment = decodeURIComponent(url.hash.slice(1));
      return fragment && !fragment.startsWith(':~:') && !target.ids.has(fragment)
        ? '页内没有这个位置'
        : undefined;
    }
    if (!existsSync(file)) return '没有这个文件';
    if (statSync(file).isDirectory()) return '少了末尾的斜杠';
    return address.endsWith('.html') ? '应当写成以斜杠结尾的地址' : undefined;
  };

  const dead: string[] = [];
  for (const page of pages) {
    const { addresses, origin } = contents.get(page.address) as Contents;
    const here = new URL(`http://site.invalid${base}${page.address.slice(1)}`);
    for (const written of new Set(addresses)) {
      if (/^(mailto|tel|sms|webcal|data):/.test(written)) continue;
      const url = new URL(
        origin && written.startsWith(`${origin}/`) ? written.slice(origin.length) : written,
        here,
      );
      if (url.origin !== here.origin) continue;
      // 404.html is shown at any address, so only addresses from the root work there.
      if (page.address === '/404.html' && written.startsWith('#')) continue;
      const key = url.pathname + url.hash;
      if (!verdicts.has(key)) verdicts.set(key, judge(url));
      const reason = verdicts.get(key);
      if (reason && !(page.address === '/404.html' && key.startsWith(`${base}404.html`)))
        dead.push(`${page.address} → ${written} ${reason}`);
    }
  }
  return dead;
}
