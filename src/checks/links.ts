import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Content } from '../store/index.ts';
import { type Problem, nearest } from '../model/problems.ts';
import { labelOfPath } from '../model/schema.ts';
import { redirects } from '../types/site.ts';
import { types } from '../types/index.ts';
import { bodyLineOf, type CheckedFile, type Corpus, firstOf, MAX_GUESSES, textsIn } from './corpus.ts';

const pagesFolder = new URL('../pages/', import.meta.url);

/** First segments of the site's own routes, e.g. `caravan`. */
const sections = new Set(
  readdirSync(pagesFolder).map((name) => name.replace(/\.(astro|mdx|ts)$/, '').split('.')[0]),
);

const missingUpload = (address: string, { uploadsDir }: Pick<Content, 'uploadsDir'>) =>
  !existsSync(join(uploadsDir, address.slice('/uploads/'.length)));

/** Whether the site has a route of its own at `/section/slug`, e.g. `/caravan/subscribe/`. */
const isRoute = (section: string, slug: string) =>
  ['', '.astro', '.ts', '.mdx'].some((ending) =>
    existsSync(new URL(`${section}/${slug}${ending}`, pagesFolder)),
  );

/** Every address that a body links to or shows, each once, as an editor writes it: without the base path. */
export function linksOf(
  { rendered }: Pick<CheckedFile, 'rendered'>,
  { basePath }: Pick<Content, 'basePath'>,
): string[] {
  const found = [...(rendered?.html ?? '').matchAll(/ (?:href|src|poster)="([^"]*)"/g)];
  const addresses = found.map(([, raw = '']) => raw.replaceAll('&amp;', '&'));
  const own = `${basePath}/`;
  return [
    ...new Set(
      addresses.map((address) => (address.startsWith(own) ? address.slice(basePath.length) : address)),
    ),
  ];
}

/** Links and uploads that lead nowhere. */
export const checkLinks = (corpus: Corpus): Problem[] =>
  corpus.files.flatMap((checked) => firstOf(deadLinksIn(checked, corpus)));

function* deadLinksIn(checked: CheckedFile, corpus: Corpus): Generator<Problem> {
  const { file, schema, data, entry } = checked;
  for (const { path, text } of textsIn(data))
    if (text.startsWith('/uploads/') && missingUpload(text, corpus.content))
      yield {
        severity: 'error',
        file,
        line: entry.lineOf(path),
        field: labelOfPath(schema, path),
        message: `没有「${text}」这个文件；请重新上传，或改选已有的文件`,
      };
  let guesses = 0;
  for (const address of linksOf(checked, corpus.content)) {
    const dead = explainDeadLink(address, corpus, guesses < MAX_GUESSES);
    if (!dead) continue;
    guesses++;
    const hasMoved = corpus.slugs.get(redirects.name)?.has(address.replace(/[?#].*/, ''));
    const message = hasMoved ? `链接「${address}」的页面搬家了，请改成新的地址` : dead;
    const severity = hasMoved ? 'warning' : 'error';
    yield { severity, file, line: bodyLineOf(checked, address), message };
  }
}

/** `%zz` is no character of any encoding; such an address is looked for as it stands. */
function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

/**
 * Why an address of this site opens no page; undefined when it does, or when it is on another site.
 *
 * @param isGuessing whether to say what may have been meant
 */
export function explainDeadLink(
  address: string,
  { content, slugs }: Pick<Corpus, 'content' | 'slugs'>,
  isGuessing = true,
): string | undefined {
  if (!address.startsWith('/') || address.startsWith('//')) return undefined;
  const [path = ''] = decoded(address).split(/[?#]/);
  if (path.startsWith('/uploads/'))
    return missingUpload(path, content) ? `没有「${path}」这个文件；请重新上传，或改选已有的文件` : undefined;
  const [, section = '', slug = ''] = path.split('/');
  const type = types.find((item) => item.address?.('x') === `/${section}/x/`);
  if (type && (slug === '' || slugs.get(type.name)?.has(slug) || isRoute(section, slug))) return undefined;
  if (type) {
    const near = isGuessing ? nearest(slug, slugs.get(type.name) ?? []) : undefined;
    return `链接「${address}」打不开：「${type.label}」里没有「${slug}」。${near ? `是不是「${near}」？` : '请检查网址'}`;
  }
  if (section === '' || sections.has(section) || slugs.get('pages')?.has(section)) return undefined;
  return `链接「${address}」打不开，请检查网址`;
}
