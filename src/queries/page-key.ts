import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { today } from '../calendar/today.ts';
import { currentContent } from '../store/index.ts';
import { reportOutline } from '../types/report.ts';
import { pages, redirects } from '../types/site.ts';
import { pictureOf } from './index.ts';

/**
 * Keys by which a page of an earlier build may be used again (Astro's `cacheKey`). A key must hold everything that the
 * page shows; a key that forgot something leaves a stale page, one that holds too much only costs time.
 */

let common: string | undefined;

/** What every page shows besides its own entries: settings, lists, footer, the day, addresses. */
function commonKey(): string {
  if (common && import.meta.env.PROD) return common;
  const { contentDir, filesOf } = currentContent();
  const hash = createHash('sha256').update(
    JSON.stringify([today(), import.meta.env.SITE, import.meta.env.BASE_URL, contentDir]),
  );
  const data = join(contentDir, 'data');
  for (const name of existsSync(data) ? readdirSync(data).sort() : [])
    // A page that moved says so on its own former address only; no page shows the outline of the work report.
    if (![redirects.name, reportOutline.name].includes(name.replace('.yaml', '')))
      hash.update(readFileSync(join(data, name)));
  for (const { path } of filesOf(pages).files) hash.update(readFileSync(path));
  common = hash.digest('base64url');
  return common;
}

/** An entry, or as much of one as a page shows. */
type Shown = { id: string; data: unknown; digest?: string | number | undefined } | undefined;

/** What an entry adds to the keys of the pages that show it; an entry stands on many. */
const parts = new WeakMap<NonNullable<Shown>, string>();

function partOf(entry: Shown): string {
  const known = entry && parts.get(entry);
  if (known) return known;
  const data = JSON.stringify(entry?.data ?? null);
  const pictures = [...data.matchAll(/\/uploads\/[\w./-]+/g)].map(([path]) => pictureOf(path) ?? path);
  const part = createHash('sha256')
    .update(`${entry?.id ?? ''}\0${entry?.digest ?? ''}\0${data}\0${JSON.stringify(pictures)}`)
    .digest('base64url');
  if (entry) parts.set(entry, part);
  return part;
}

/** The key of a page that shows these entries, or parts of them, in this order. */
export function pageKey(...shown: (Shown | readonly Shown[])[]): string {
  const hash = createHash('sha256').update(commonKey());
  for (const entry of shown.flat()) hash.update(partOf(entry));
  return hash.digest('base64url');
}
