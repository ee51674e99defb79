import { pinyin } from 'pinyin-pro';
import { SLUG } from '../../src/model/slug.ts';

/** Slugs and upload names from Chinese titles: pinyin with hyphens between words. Runs in the browser. */

/** Longer slugs are cut between words. */
const MAX_LENGTH = 60;

/** `[a-z0-9-]` from any text, at most `MAX_LENGTH` characters; empty for text without letters, digits or Han characters. */
export function slugify(text: string): string {
  const parts = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)].flatMap(({ segment }) =>
    latin(segment),
  );
  let slug = '';
  for (const part of parts) {
    const longer = slug ? `${slug}-${part}` : part;
    if (longer.length > MAX_LENGTH) break;
    slug = longer;
  }
  return slug || (parts[0] ?? '').slice(0, MAX_LENGTH);
}

/** The name of a content file in its path: `content/caravan/a-b.mdx` → `a-b`. */
export const slugOfPath = (path: string): string => path.replace(/^.*\/|\.\w+$/g, '');

/** The Latin words of one word: `青贮` → `qingzhu`, `5G` → `5g`. */
function latin(word: string): string[] {
  const syllables = pinyin(word, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).join('');
  return syllables
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

/**
 * Slug of a new entry for which the editor types none.
 *
 * @param moment date or time of an event, `2026-10-24T09:00`: the date is the prefix, because such titles recur
 */
export function defaultSlug(title: string, moment?: string): string {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(moment ?? '')?.[0];
  const words = slugify(title);
  return [day, words]
    .filter(Boolean)
    .join('-')
    .slice(0, MAX_LENGTH + 11)
    .replace(/-+$/, '');
}

/** A safe and unique name for an upload: `青贮 窖.JPG` → `qingzhu-jiao-lq3f9c2a.jpg`. */
export function uploadName(name: string, now: number = Date.now()): string {
  const dot = name.lastIndexOf('.');
  const extension =
    dot < 0
      ? ''
      : name
          .slice(dot + 1)
          .toLowerCase()
          .replace(/[^a-z0-9]/g, '');
  const stem = uploadStem(dot < 0 ? name : name.slice(0, dot));
  return `${stem}-${now.toString(36)}${extension ? `.${extension}` : ''}`;
}

const MAX_UPLOAD_STEM = 60;

/** Windows opens devices under these names, whatever the extension. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** Name of an upload without its extension: a safe one stays as it is, `青贮 窖` becomes `qingzhu-jiao`. */
export function uploadStem(name: string): string {
  const isSafe = SLUG.test(name) && name.length <= MAX_UPLOAD_STEM;
  const stem = isSafe ? name : slugify(name).slice(0, 40).replace(/-+$/, '') || 'file';
  return DEVICE_NAME.test(stem) ? `${stem}-file` : stem;
}
