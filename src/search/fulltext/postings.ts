/**
 * A file of the full-text index: terms with the documents that hold them. In columns, each of one kind, which compresses
 * best: the length of the terms in bytes, the terms with line feeds between them, how many documents hold each, for each
 * the gaps between its documents, and the weights. Numbers are written seven bits a byte, the lowest first. Bundled for
 * browsers.
 */

export interface Postings {
  /** Positions of documents in their section, rising. */
  readonly docs: ArrayLike<number>;
  /** What the term weighs in each; see `weightOf`. */
  readonly levels: ArrayLike<number>;
}

/** How heavy a term can weigh in a document, in steps of a fifth. */
const LEVELS = 16;
const LEAST_WEIGHT = 0.4;
const STEP = 1.2;

/** The weight that a level stands for. */
export const weightOf = (level: number): number => LEAST_WEIGHT * STEP ** level;

/** The level that is nearest to a weight. */
export const levelOf = (weight: number): number =>
  Math.max(0, Math.min(LEVELS - 1, Math.round(Math.log(weight / LEAST_WEIGHT) / Math.log(STEP))));

/** @param terms by their names, in any order */
export function encodeShard(terms: readonly (readonly [term: string, postings: Postings])[]): Uint8Array {
  const sorted = [...terms].sort(([a], [b]) => (a < b ? -1 : 1));
  const names = new TextEncoder().encode(sorted.map(([term]) => term).join('\n'));
  const counts: number[] = [];
  const gaps: number[] = [];
  const levels: number[] = [];
  for (const [, postings] of sorted) {
    const { docs } = postings;
    pushNumber(counts, docs.length);
    for (let at = 0, before = -1; at < docs.length; at++) {
      const doc = docs[at] as number;
      pushNumber(gaps, doc - before - 1);
      before = doc;
      levels.push(postings.levels[at] as number);
    }
  }
  const head: number[] = [];
  pushNumber(head, names.length);
  const bytes = new Uint8Array(head.length + names.length + counts.length + gaps.length + levels.length);
  let at = 0;
  for (const part of [head, names, counts, gaps, levels]) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function pushNumber(bytes: number[], number: number): void {
  let rest = number;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
}

/** A file of terms, read. */
export interface Shard {
  /** Sorted. */
  readonly terms: readonly string[];
  /** The postings of `terms[index]`. */
  postings(index: number): Postings;
}

/** @throws when the bytes are not a whole file of terms */
export function decodeShard(bytes: Uint8Array): Shard {
  let at = 0;
  const readNumber = () => {
    let number = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 28) throw new Error('索引的文件不完整');
      number |= (byte & 0x7f) << shift;
      if (byte < 0x80) return number;
    }
  };
  const namesEnd = readNumber() + at;
  const names = new TextDecoder().decode(bytes.subarray(at, namesEnd));
  const terms = names ? names.split('\n') : [];
  at = namesEnd;
  const starts = [0];
  for (const index of terms.keys()) starts.push((starts[index] as number) + readNumber());
  const all = starts[terms.length] as number;
  const gaps = new Uint32Array(Math.min(all, bytes.length));
  for (let index = 0; index < all; index++) gaps[index] = readNumber();
  const levels = bytes.subarray(at);
  if (levels.length !== all) throw new Error('索引的文件不完整');

  return {
    terms,
    postings(index) {
      const [start, end] = [starts[index] as number, starts[index + 1] as number];
      const docs = gaps.slice(start, end);
      for (let place = 0, before = -1; place < docs.length; place++) {
        before += (docs[place] as number) + 1;
        docs[place] = before;
      }
      return { docs, levels: levels.subarray(start, end) };
    },
  };
}
