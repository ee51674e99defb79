import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Content } from '../../../../src/store/index.ts';
import type { ContentType } from '../../../../src/model/type.ts';
import { readFileParts } from '../../../documents/format.ts';
import { type Place, placeOf } from '../../../documents/places.ts';
import { type EntryDocument, openDocument } from './entry-document.ts';
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

/** The front matter of a text, or what is wrong with it. */
export function frontMatterOf({ parsed, place }: EntryDocument): FrontMatter {
  try {
    return { data: readFileParts(parsed, place.format).data };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

/** The front matter of a published file; undefined when there is no such file. */
export const publishedFrontMatter = (place: Place): FrontMatter | undefined =>
  cached(place.file, (text) => frontMatterOf(openDocument(place, text)));

/** All published entries of a type, without their bodies. */
export async function listPublished(content: Content, type: ContentType): Promise<ListedEntry[]> {
  const listed: ListedEntry[] = [];
  for (const [index, { slug }] of content.filesOf(type).files.entries()) {
    if (index % BATCH === BATCH - 1) await yieldToEventLoop();
    const place = placeOf(content, `content/${type.name}/${slug}.${type.format}`);
    const head = place && publishedFrontMatter(place);
    if (!head) continue;
    listed.push({ path: place.path, stage: 'published', ...head });
    // Read ahead: deleting an entry needs the words of all files at once.
    wordsIn(place.file);
  }
  return listed;
}
