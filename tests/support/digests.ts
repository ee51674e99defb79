import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../cms/server/linking.ts';

/** Digests of a built site's files by path; without Pagefind's index, which single edits put together in another way. */
export function digests(folder: string): Record<string, string> {
  const names = filesBelow(folder).filter((name) => !name.startsWith('pagefind/'));
  return Object.fromEntries(
    names.sort().map((name) => {
      const text = readFileSync(join(folder, name));
      const { parts: _, ...manifest } = name === 'search/index/manifest.json' ? JSON.parse(String(text)) : {};
      const seen = name === 'search/index/manifest.json' ? JSON.stringify(manifest) : text;
      return [name, createHash('sha256').update(seen).digest('base64url')];
    }),
  );
}
