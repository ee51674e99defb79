import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../cms/server/build/linking.ts';

const digest = (text: string | Buffer) => createHash('sha256').update(text).digest('base64url');

/** Digests of all files of a folder by path. */
export const everyFile = (folder: string): Record<string, string> =>
  Object.fromEntries(
    filesBelow(folder)
      .sort()
      .map((name) => [name, digest(readFileSync(join(folder, name)))]),
  );

/** Digests of a built site's files by path; without Pagefind's index, which single edits put together in another way. */
export function digests(folder: string): Record<string, string> {
  const names = filesBelow(folder).filter((name) => !name.startsWith('pagefind/'));
  return Object.fromEntries(
    names.sort().map((name) => {
      const text = readFileSync(join(folder, name));
      const { parts: _, ...manifest } = name === 'search/index/manifest.json' ? JSON.parse(String(text)) : {};
      const seen = name === 'search/index/manifest.json' ? JSON.stringify(manifest) : text;
      return [name, digest(seen)];
    }),
  );
}
