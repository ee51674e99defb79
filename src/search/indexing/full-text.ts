import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { checksum, CHECKSUM_BYTES } from '../fulltext/packed.ts';
import { encodeShard, levelOf } from '../fulltext/postings.ts';
import { shardFile, shardOf, textFile, type TextSection, titleFile } from '../fulltext/sections.ts';
import { type KeyedRow, packTitles } from '../shards.ts';
import { normalize, usualForms } from '../text.ts';
import type { SearchRecord } from './record.ts';
import { inSimplified } from './tables.ts';
import { TermNumbers } from './terms.ts';
import { readText } from './texts.ts';
import { readSomeTitles, rowOfRecord } from './title-readings.ts';

/** Writing a section of the full-text index; see `fulltext/` for its files. */

/** Size of a file of terms before it is compressed to about two thirds. */
const SHARD_BYTES = 9_000;

/** BM25: how soon more of the same term counts no more, how much long texts are held against them, how long one usually is. */
const SATURATION = 1.2;
const LENGTH_PART = 0.3;
const USUAL_TERMS = 2_000;

/** What a term counts that stands in the title, against once in a text of the usual length. */
const IN_TITLE = 5;

/** A level fits into these bits of a posting. */
const LEVEL_BITS = 4;
const LEVEL_MASK = (1 << LEVEL_BITS) - 1;

/** What is written: everything about a section but the numbers of its documents. */
export type WrittenSection = Omit<TextSection, 'docs'>;

/**
 * Writes the index of these records into a folder of its own below `parent`. Texts are indexed in simplified characters,
 * as queries are looked up.
 */
export function writeFullText(parent: string, records: readonly SearchRecord[]): WrittenSection {
  const temporary = join(parent, 'new');
  rmSync(temporary, { recursive: true, force: true });
  const digest = createHash('sha256');
  const write = (path: string, content: Uint8Array) => {
    const packed = pack(content);
    digest.update(path).update(packed);
    writeDeep(join(temporary, path), packed);
  };
  const postings = new PostingLists();
  for (const [position, record] of records.entries()) {
    const raw = record.text;
    readText(record, raw);
    const { title, text } = { title: folded(record.title), text: folded(raw) };
    postings.add(position, title, text);
    const kept = JSON.stringify([record.title.toWellFormed(), record.address, `${title}\n${text}`]);
    write(textFile(position), Buffer.from(kept));
  }
  const shards = postings.inShards();
  for (const [shard, terms] of shards.entries()) write(shardFile(shard), encodeShard(terms));
  const titles = titleFiles(records);
  for (const [file, rows] of titles.entries()) write(titleFile(file), Buffer.from(rows));
  const folder = digest.digest('hex').slice(0, 12);
  rmSync(join(parent, folder), { recursive: true, force: true });
  renameSync(temporary, join(parent, folder));
  return { folder, shards: shards.length, titles: titles.length };
}

/** Titles that take no more than this lie in one file. In UTF-16 units of JSON. */
const ONE_FILE_UNITS = 45_000;

/** Size of a file of titles in larger sections, in the same unit. */
const TITLES_UNITS = 6_000;

function titleFiles(records: readonly SearchRecord[]): string[] {
  const readings = readSomeTitles(records.map(({ title }) => title));
  const rows = records.map((record, position): KeyedRow => ({
    row: rowOfRecord(record, position, readings[position]),
    keys: readings[position]?.keys ?? [],
  }));
  return packTitles(rows, ONE_FILE_UNITS, TITLES_UNITS);
}

/** Half an emoji, cut by some form long ago, would be something else in UTF-8. */
const folded = (raw: string) => inSimplified(usualForms(raw.toWellFormed()));

function pack(content: Uint8Array): Buffer {
  const sum = Buffer.alloc(CHECKSUM_BYTES);
  sum.writeUInt32BE(checksum(content));
  return Buffer.concat([sum, deflateRawSync(content)]);
}

function writeDeep(file: string, content: Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** More often makes no difference. */
const MOST_OFTEN = 15;

/** The levels of terms of a document with so many, by how often it has them. */
function levelsOf(length: number): { text: number[]; title: number[] } {
  const damping = SATURATION * (1 - LENGTH_PART + (LENGTH_PART * length) / USUAL_TERMS);
  const weights = Array.from(
    { length: MOST_OFTEN + 1 },
    (_, often) => (often * (SATURATION + 1)) / (often + damping),
  );
  return { text: weights.map(levelOf), title: weights.map((weight) => levelOf(weight + IN_TITLE)) };
}

/** The documents of each term, gathered document by document. */
class PostingLists {
  readonly #terms = new TermNumbers();
  /** By term: position of the document and level, in one number. */
  readonly #lists: number[][] = [];
  /** By term: how often the document at hand has it; and in its title. */
  #counts = new Uint32Array(1 << 16);
  #inTitle = new Uint8Array(1 << 16);

  /** Adds a document, whose position is higher than all before. */
  add(position: number, title: string, text: string): void {
    const terms: number[] = [];
    let length = 0;
    const count = (term: number) => {
      if (term >= this.#counts.length) this.#grow();
      if (this.#counts[term] === 0) terms.push(term);
      (this.#counts[term] as number)++;
      length++;
    };
    this.#terms.count(normalize(title), (term) => {
      count(term);
      this.#inTitle[term] = 1;
    });
    this.#terms.count(normalize(text), count);
    const levels = levelsOf(length);
    for (const term of terms) {
      const often = Math.min(this.#counts[term] as number, MOST_OFTEN);
      const level = (this.#inTitle[term] === 1 ? levels.title : levels.text)[often] as number;
      const posting = (position << LEVEL_BITS) | level;
      const list = this.#lists[term];
      if (list) list.push(posting);
      else this.#lists[term] = [posting];
      this.#counts[term] = 0;
      this.#inTitle[term] = 0;
    }
  }

  #grow(): void {
    const counts = new Uint32Array(this.#counts.length * 2);
    counts.set(this.#counts);
    this.#counts = counts;
    const inTitle = new Uint8Array(counts.length);
    inTitle.set(this.#inTitle);
    this.#inTitle = inTitle;
  }

  /** The terms of each file. */
  inShards() {
    const { names } = this.#terms;
    const bytes = names.reduce(
      (sum, name, term) => sum + 3 * name.length + 2 + 2 * this.#listOf(term).length,
      0,
    );
    const count = Math.max(1, Math.ceil(bytes / SHARD_BYTES));
    const shards = Array.from({ length: count }, (): Parameters<typeof encodeShard>[0][number][] => []);
    for (const [term, name] of names.entries()) {
      const list = this.#listOf(term);
      shards[shardOf(name, count)]?.push([
        name,
        {
          docs: list.map((posting) => posting >> LEVEL_BITS),
          levels: list.map((posting) => posting & LEVEL_MASK),
        },
      ]);
    }
    return shards;
  }

  #listOf(term: number): number[] {
    return this.#lists[term] as number[];
  }
}
