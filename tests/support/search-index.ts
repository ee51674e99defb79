import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpack } from '../../src/search/fulltext/packed.ts';
import { decodeShard } from '../../src/search/fulltext/postings.ts';
import { docsOf, shardFile, TEXT_FOLDER, textFile, titleFile } from '../../src/search/fulltext/sections.ts';
import type { Manifest } from '../../src/search/shards.ts';

/** What a site's full-text index says, however it is put together: texts and titles by document, documents by term. */
export function searchIndexOf(site: string): Record<string, string[]> {
  const manifest = JSON.parse(readFileSync(join(site, 'search/index/manifest.json'), 'utf8')) as Manifest;
  const said = new Map<string, Set<string>>();
  const say = (what: string, it: string) => said.set(what, (said.get(what) ?? new Set()).add(it));
  for (const { folder, shards, titles, docs: runs } of manifest.sections) {
    const read = (name: string) => unpack(readFileSync(join(site, TEXT_FOLDER, folder, name)));
    const docs = docsOf(runs);
    for (const [position, doc] of docs.entries())
      if (doc >= 0) say(`text ${doc}`, Buffer.from(read(textFile(position))).toString());
    for (let file = 0; file < titles; file++)
      for (const [position, ...row] of JSON.parse(Buffer.from(read(titleFile(file))).toString()))
        if ((docs[position] ?? -1) >= 0) say(`title ${docs[position]}`, JSON.stringify(row));
    for (let shard = 0; shard < shards; shard++) {
      const { terms, postings } = decodeShard(read(shardFile(shard)));
      for (const [index, term] of terms.entries()) {
        const held = postings(index);
        for (let at = 0; at < held.docs.length; at++) {
          const doc = docs[held.docs[at] as number] as number;
          if (doc >= 0) say(`term ${term}`, `${doc} ${held.levels[at]}`);
        }
      }
    }
  }
  return Object.fromEntries(
    [...said].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, it]) => [what, [...it].sort()]),
  );
}
