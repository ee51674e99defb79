import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { currentContent } from '../../../../src/store/index.ts';
import type { ContentType } from '../../../../src/model/type.ts';
import { readFileParts } from '../../../documents/format.ts';
import { type Place, placeOf } from '../../../documents/places.ts';
import { memoizeByFile } from './memoize.ts';
import { wordsIn } from './words.ts';
import type { ListedEntry } from '../../../protocol/entries.ts';

/**
 * The front matter of the published entries, cached for each state of a file. A year's articles
 * are 5 MB with bodies and 1 MB without, and the editor asks for them at every list and every reference.
 */

type FrontMatter = Pick<ListedEntry, 'data' | 'problem'>;

const cached = memoizeByFile<FrontMatter>();

/** Files between two yields to the event loop; reading them takes a twentieth of a second. */
const BATCH = 50;

/** The front matter of a text. */
export function frontMatterOf({ format }: Pick<Place, 'format'>, text: string): FrontMatter {
  try {
    return { data: readFileParts(text, format).data };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

/** The front matter of a published file; undefined when there is no such file. */
export const publishedFrontMatter = ({ file, format }: Pick<Place, 'file' | 'format'>): FrontMatter | undefined =>
  cached(file, (text) => frontMatterOf({ format }, text));

/** All published entries of a type, without their bodies. */
export async function listPublished(type: ContentType): Promise<ListedEntry[]> {
  const listed: ListedEntry[] = [];
  for (const [index, { slug }] of currentContent().filesOf(type).files.entries()) {
    if (index % BATCH === BATCH - 1) await yieldToEventLoop();
    const place = placeOf(`content/${type.name}/${slug}.${type.format}`);
    const head = place && publishedFrontMatter(place);
    if (!head) continue;
    listed.push({ path: place.path, stage: 'published', ...head });
    // Read ahead: deleting an entry needs the words of all files at once.
    wordsIn(place.file);
  }
  return listed;
}
