import { unpack } from '../fulltext/packed.ts';
import { decodeShard, type Postings, type Shard, weightOf } from '../fulltext/postings.ts';
import {
  docsOf,
  isPrefix,
  rarity,
  shardFile,
  shardOf,
  textFile,
  type TextSection,
} from '../fulltext/sections.ts';
import type { FullText, Kept, Ranked } from './fulltext.ts';

/** The full-text index, as the browser fetches it bit by bit. Needs nothing newer than `fetch`. */

/** Fetches one file by its path within the index's folder; rejects when it cannot. */
export type ReadBytes = (path: string) => Promise<Uint8Array>;

/** Reads from a folder of the site; `folder` ends with `/`. */
export const bytesFromFolder =
  (folder: string): ReadBytes =>
  async (path) => {
    const response = await fetch(folder + path);
    if (!response.ok) throw new Error(`${response.status} ${folder}${path}`);
    return new Uint8Array(await response.arrayBuffer());
  };

/** What a word counts that only begins with what was typed. */
const HALF_TYPED = 0.4;

/** What a term weighs in the documents that hold it, by their positions in the section. */
type Weights = Map<number, number>;

/**
 * Opens an index; nothing is fetched before it is asked for, and nothing twice unless it failed.
 *
 * @param sections what it is put together from; a document that is in two is that of the later one
 */
export function openTextIndex(readBytes: ReadBytes, sections: readonly TextSection[]): FullText {
  const opened = sections.map((section) => openSection(readBytes, section));
  const documents = opened.reduce((sum, { size }) => sum + size, 0);

  return {
    async all(terms) {
      const found = await Promise.all(opened.map(({ find }) => Promise.all(terms.map(find))));
      const ranked: Ranked[] = [];
      const rarities = terms.map((_, index) =>
        rarity(
          documents,
          found.reduce((sum, weights) => sum + (weights[index] as Weights).size, 0),
        ),
      );
      for (const [index, weights] of found.entries()) {
        const { docs } = opened[index] as Section;
        for (const [position, score] of held(weights, rarities)) {
          const doc = docs[position] as number;
          if (doc >= 0) ranked.push({ doc, score });
        }
      }
      return ranked.sort((a, b) => b.score - a.score || a.doc - b.doc);
    },
    async read(doc) {
      for (const { positionOf, read } of opened) {
        const position = positionOf.get(doc);
        if (position !== undefined) return read(position);
      }
      throw new Error(`no document ${doc}`);
    },
  };
}

/** The documents that hold all terms, with their scores. */
function held(weights: readonly Weights[], rarities: readonly number[]): [position: number, score: number][] {
  const [rarest, ...others] = weights.map((_, index) => index).sort(bySize);
  if (rarest === undefined) return [];
  const found: [number, number][] = [];
  (weights[rarest] as Weights).forEach((weight, position) => {
    let score = weight * (rarities[rarest] as number);
    for (const index of others) {
      const other = (weights[index] as Weights).get(position);
      if (other === undefined) return;
      score += other * (rarities[index] as number);
    }
    found.push([position, score]);
  });
  return found;

  function bySize(a: number, b: number): number {
    return (weights[a] as Weights).size - (weights[b] as Weights).size;
  }
}

interface Section {
  /** How many documents it holds that are still there. */
  readonly size: number;
  readonly docs: readonly number[];
  readonly positionOf: ReadonlyMap<number, number>;
  find(term: string): Promise<Weights>;
  read(position: number): Promise<Kept>;
}

function openSection(readBytes: ReadBytes, { folder, shards, docs: runs }: TextSection): Section {
  const loaded = new Map<string, Promise<unknown>>();
  const once = <Value>(path: string, read: (content: Uint8Array) => Value): Promise<Value> => {
    const known = loaded.get(path) as Promise<Value> | undefined;
    if (known) return known;
    const fresh = readBytes(`${folder}/${path}`).then((file) => read(unpack(file)));
    loaded.set(path, fresh);
    fresh.catch(() => loaded.delete(path));
    return fresh;
  };
  const docs = docsOf(runs);
  const positionOf = new Map<number, number>();
  for (const [position, doc] of docs.entries()) if (doc >= 0) positionOf.set(doc, position);

  return {
    size: positionOf.size,
    docs,
    positionOf,
    find: async (term) => weightsOf(await once(shardFile(shardOf(term, shards)), decodeShard), term),
    read: (position) => once(textFile(position), readKept),
  };
}

/** The documents that hold a term, or a word that begins with it. */
function weightsOf(shard: Shard, term: string): Weights {
  const weights: Weights = new Map();
  const add = ({ docs, levels }: Postings, part: number) => {
    for (let at = 0; at < docs.length; at++) {
      const doc = docs[at] as number;
      weights.set(doc, Math.max(weights.get(doc) ?? 0, part * weightOf(levels[at] as number)));
    }
  };
  const { terms } = shard;
  const mayGoOn = isPrefix(term);
  for (let index = firstFrom(terms, term); index < terms.length; index++) {
    const name = terms[index] as string;
    if (name === term) add(shard.postings(index), 1);
    else if (mayGoOn && name.startsWith(term)) add(shard.postings(index), HALF_TYPED);
    else break;
  }
  return weights;
}

/** Index of the first of sorted terms that is not before `term`. */
function firstFrom(terms: readonly string[], term: string): number {
  let [low, high] = [0, terms.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((terms[middle] as string) < term) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readKept(content: Uint8Array): Kept {
  const [title, address, text] = JSON.parse(new TextDecoder().decode(content)) as [string, string, string];
  return { title, address, text };
}
