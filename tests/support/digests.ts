import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { filesBelow } from '../../cms/server/build/files/linking.ts';
import { TEXT_FOLDER } from '../../src/search/fulltext/sections.ts';
import { searchIndexOf } from './search-index.ts';

const digest = (text: string | Buffer) => createHash('sha256').update(text).digest('base64url');

/** Of a link, where it leads to: that may be outside the folder, or gone. */
const contentOf = (file: string): string | Buffer =>
  lstatSync(file).isSymbolicLink() ? readlinkSync(file) : readFileSync(file);

/** Digests of all files of a folder by path. */
export const everyFile = (folder: string): Record<string, string> =>
  Object.fromEntries(
    filesBelow(folder)
      .sort()
      .map((name) => [name, digest(contentOf(join(folder, name)))]),
  );

const isForm = (name: string) => /\.(?:br|gz)$/.test(name);

/** Throws when a compressed form holds something else than its file, or has lost it. */
function expectFreshForms(folder: string, names: readonly string[]): void {
  for (const form of names.filter(isForm)) {
    const content = readFileSync(join(folder, form));
    const inside = form.endsWith('.br') ? brotliDecompressSync(content) : gunzipSync(content);
    if (!inside.equals(readFileSync(join(folder, form.replace(/\.\w+$/, '')))))
      throw new Error(`${form} 不是它旁边那个文件压缩成的`);
  }
}

/** Digests of a built site's files by path; without compressed forms, and of the full-text index what it says: single edits put it together in another way. */
export function digests(folder: string): Record<string, string> {
  const all = filesBelow(folder);
  expectFreshForms(folder, all);
  const names = all.filter((name) => !name.startsWith(`${TEXT_FOLDER}/`) && !isForm(name));
  const index = digest(JSON.stringify(searchIndexOf(folder)));
  const files = Object.fromEntries(
    names.sort().map((name) => {
      const text = readFileSync(join(folder, name));
      const { sections: _, ...manifest } =
        name === 'search/index/manifest.json' ? JSON.parse(String(text)) : {};
      const seen = name === 'search/index/manifest.json' ? JSON.stringify(manifest) : text;
      return [name, digest(seen)];
    }),
  );
  return { ...files, [TEXT_FOLDER]: index };
}
