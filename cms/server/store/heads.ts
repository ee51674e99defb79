import { readFileSync, statSync } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';
import { filesOf } from '../../../src/loader/files.ts';
import type { ContentType } from '../../../src/model/type.ts';
import type { ListedEntry } from '../../admin/api.ts';
import { readFileParts } from '../../format.ts';
import { type Place, placeOf } from '../places.ts';

/**
 * What lists show of the published entries: all but their bodies, read once for each state of a file. A year's articles
 * are 5 MB with bodies and 1 MB without, and the editor asks for them at every list and every reference.
 */

type Head = Pick<ListedEntry, 'data' | 'problem'>;

const known = new Map<string, { stamp: string; head: Head }>();

/** So many files are read before other work gets its turn. */
const BATCH = 100;

/** The head of a text. */
export function headOf({ format }: Pick<Place, 'format'>, text: string): Head {
  try {
    return { data: readFileParts(text, format).data };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

/** The heads of all published entries of a type. */
export async function publishedHeads(type: ContentType): Promise<ListedEntry[]> {
  const listed: ListedEntry[] = [];
  let read = 0;
  for (const { slug, path: file } of filesOf(type).files) {
    const place = placeOf(`content/${type.name}/${slug}.${type.format}`);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!place || !stat) continue;
    const stamp = `${stat.mtimeMs}:${stat.size}`;
    let found = known.get(file);
    if (found?.stamp !== stamp) {
      if (++read % BATCH === 0) await breathe();
      found = { stamp, head: headOf(place, readFileSync(file, 'utf8')) };
      known.set(file, found);
    }
    listed.push({ path: place.path, stage: 'published', ...found.head });
  }
  return listed;
}
