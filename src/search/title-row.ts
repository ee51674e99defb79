import { normalize } from './text.ts';

/** One row of the title index, as the browser fetches it; see `readTitle`. */
export type TitleRow = [doc: number, title: string, address: string, kind: string, readings?: string];

/** A title made ready for matching. */
export interface Title {
  /** Number of the document, its place in `searchRecords()`. */
  readonly doc: number;
  readonly title: string;
  /** Site address without the base path. */
  readonly address: string;
  /** Chinese label, e.g. 「辟谣」. */
  readonly kind: string;
  /** The normalised title without spaces, one character an item. */
  readonly chars: readonly string[];
  /** The syllable of each character; undefined for letters, digits and rare characters. */
  readonly syllables: readonly (string | undefined)[];
}

/** The characters of a title that matching looks at. */
export const titleChars = (title: string): string[] => Array.from(normalize(title).replace(/ /g, ''));

/**
 * The row holds the document's number, title, address, the label of its kind, and `readings`:
 * `position:syllable` pairs where the title asks for another reading than the table's (`1:hang` for 银行).
 */
export function readTitle(row: TitleRow, syllableOf: ReadonlyMap<string, string>): Title {
  const [doc, title, address, kind, readings] = row;
  const chars = titleChars(title);
  const syllables = chars.map((char) => syllableOf.get(char));
  for (const reading of readings ? readings.split(' ') : []) {
    const [position, syllable] = reading.split(':');
    syllables[Number(position)] = syllable;
  }
  return { doc, title, address, kind, chars, syllables };
}
