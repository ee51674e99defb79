import type { Note, NoteSource } from './document.ts';

/** Footnotes, numbered in the order in which the text calls them. */

/** More sources than this would push the text off the page; the rest is counted and found on the year's page. */
const MAX_SOURCES = 12;

export interface NoteBook {
  /** Writes a footnote and returns its number. */
  add: (sources: readonly NoteSource[], remark?: string) => number;
  notes: Note[];
}

/** @param all absolute address of the page where everything is listed */
export function openNotes(all: string): NoteBook {
  const notes: Note[] = [];
  const first = new Map<string, number>();
  return {
    notes,
    add(sources, remark) {
      const number = notes.length + 1;
      const listed = sources.slice(0, MAX_SOURCES);
      const key = sources.map(({ id }) => id).join(' ');
      const sameAs = sources.length > 0 ? first.get(key) : undefined;
      if (sameAs === undefined) first.set(key, number);
      const count = sources.length - listed.length;
      notes.push({
        number,
        sources: listed,
        ...(sameAs === undefined ? {} : { sameAs }),
        ...(count > 0 ? { more: { count, address: all } } : {}),
        ...(remark === undefined ? {} : { remark }),
      });
      return number;
    },
  };
}

export interface NotePiece {
  text: string;
  /** Where the text leads, when it is an address. */
  address?: string | undefined;
}

/** A footnote in pieces, so that addresses can be links. */
export function notePieces({ sources, sameAs, more, remark }: Note): NotePiece[] {
  const pieces = sameAs === undefined ? sources.flatMap(listed) : [{ text: sameText(sameAs, sources) }];
  const say = (text: string) => pieces.push({ text });
  if (more) {
    say(`；另有${more.count}条，见`);
    pieces.push({ text: shortAddress(more.address), address: more.address });
  }
  if (remark !== undefined) say(`${pieces.length > 0 ? '；' : ''}${remark}`);
  say('。');
  return pieces;
}

const inBrackets = (detail: string) => (detail === '' ? '' : `（${detail}）`);

const listed = ({ title, address, detail }: NoteSource, index: number): NotePiece[] => [
  { text: `${index > 0 ? '；' : ''}《${innerQuotes(title)}》${inBrackets(detail)}` },
  ...(address === undefined ? [] : [{ text: '，' }, { text: shortAddress(address), address }]),
];

/** Sources that an earlier footnote has listed: only what they say here, once when all say the same. */
function sameText(earlier: number, sources: readonly NoteSource[]): string {
  const details = [...new Set(sources.map(({ detail }) => detail))];
  if (details.length < 2) return `同注${earlier}${inBrackets(details[0] ?? '')}`;
  const each = sources.map(({ title, detail }) => `《${innerQuotes(title)}》${inBrackets(detail)}`);
  return `同注${earlier}：${each.join('、')}`;
}

/** Inside book title marks, others become single (GB/T 15834, 4.15). */
export const innerQuotes = (title: string): string => title.replaceAll('《', '〈').replaceAll('》', '〉');

/** What is printed of an address: readers type it without the protocol. */
const shortAddress = (address: string) => address.replace(/^https?:\/\//, '');
