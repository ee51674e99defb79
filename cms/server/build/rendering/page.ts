import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Content } from '../../../../src/store/index.ts';
import type { Read } from '../../../../src/runtime/reads.ts';
import { makeForms, removeWithForms } from '../files/compression.ts';
import type { RoutedPath, Templates } from '../templates/templates.ts';

export interface PageToMake {
  /** Path of the file in the site. */
  file: string;
  /** Whether a page of an earlier site is there under this name. */
  isThere: boolean;
}

/** A page that is made, with its key by the content as the process saw it; what it has read, without a key. */
export interface MadePage {
  file: string;
  key: string | undefined;
  reads: Read[] | undefined;
}

/**
 * Renders a page and writes it with its compressed forms; a page that is the same as the one there stays.
 *
 * @param folder of the site
 * @throws when the page answers with an error
 */
export async function makePage(
  templates: Templates,
  { recorder }: Pick<Content, 'recorder'>,
  path: RoutedPath,
  { file, isThere, folder }: PageToMake & { folder: string },
): Promise<MadePage> {
  const { value, reads } = await recorder.collect(async () => {
    const response = await templates.render(path);
    return { status: response.status, content: response.body && Buffer.from(await response.arrayBuffer()) };
  });
  const { status, content } = value;
  // The page for what is not found has the status that it is for.
  if (!content || (status >= 300 && status < 400) || status >= 500)
    throw new Error(`${file} 没有做出来（${status}）`);
  const key = path.cacheKey;
  const made = { file, key, reads: key === undefined ? [...path.reads, ...reads] : undefined };
  const own = join(folder, file);
  if (isThere) {
    if (content.equals(readFileSync(own))) return made;
    // Never written over: the file there is the earlier sites', too.
    removeWithForms(own);
  }
  mkdirSync(dirname(own), { recursive: true });
  writeFileSync(own, content, { flag: 'wx' });
  makeForms(own, content);
  return made;
}
