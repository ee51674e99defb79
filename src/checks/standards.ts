import type { Problem } from '../model/problems.ts';
import { labelOfPath } from '../model/schema.ts';
import { standards } from '../types/standards.ts';
import { bodyLineAt, type CheckedFile, type Corpus, firstOf } from './corpus.ts';
import { citedSources } from './sources.ts';

/** A standard named in a text: `GB/T 28592—2012`, however it is spelled. */
const STANDARD =
  /(?<![A-Za-z])(GBZ|GB|NY|CJJ|CJ|JGJ|DL|WS|YY|AQ|HJ|SC|LY|QX|DB\d{2,6})\s*(\/\s*T)?\s*(\d+(?:\.\d+)*)\s*[-‐–—―－]\s*(\d{4})(?!\d)/gi;

export interface Standard {
  /** Same for every spelling, and for a standard that is called recommended once and mandatory once. */
  key: string;
  /** As it stands in the text. */
  spelled: string;
  /** In the form of the house: `GB/T 28592—2012`. */
  proper: string;
  /** Offset in the text. */
  at: number;
}

/** The standards that a text names, in its order. */
export const standardsIn = (text: string): Standard[] =>
  [...text.matchAll(STANDARD)].map(
    ({ 0: spelled, 1: body = '', 2: recommended, 3: number, 4: year, index }) => {
      const letters = body.toUpperCase();
      return {
        key: `${letters} ${number}—${year}`,
        spelled,
        proper: `${letters}${recommended ? '/T' : ''} ${number}—${year}`,
        at: index,
      };
    },
  );

interface Place {
  checked: CheckedFile;
  spelled: string;
  proper: string;
  line: number | undefined;
  field: string | undefined;
  /** Named as a source, not in passing. */
  source: boolean;
}

/** One standard has one spelling in all content, and a source that has been replaced is not cited. */
export function checkStandards({ files }: Pick<Corpus, 'files'>): Problem[] {
  const replaced = replacementsIn(files);
  const places = new Map<string, Place[]>();
  for (const checked of files)
    for (const [key, place] of placesIn(checked)) places.set(key, [...(places.get(key) ?? []), place]);
  return [...places].flatMap(([key, found]) => [
    ...spellingsOf(found),
    ...firstOf(replacedAt(found, replaced.get(key))),
  ]);
}

/** Which standard stands in place of which, by key. */
const replacementsIn = (files: readonly CheckedFile[]) =>
  new Map(
    files
      .filter(({ kind }) => kind === standards.name)
      .flatMap(({ data }) => (Array.isArray(data.items) ? data.items : []))
      .map(({ id, replacedBy }): [string, string] => [
        standardsIn(String(id))[0]?.key ?? '',
        String(replacedBy),
      ]),
  );

function* placesIn(checked: CheckedFile): Generator<[string, Place]> {
  const { entry, schema } = checked;
  if (!checked.type) return;
  for (const { title, path } of citedSources(checked))
    for (const { key, spelled, proper } of standardsIn(title))
      yield [
        key,
        {
          checked,
          spelled,
          proper,
          line: entry.lineOf(path),
          field: labelOfPath(schema, path),
          source: true,
        },
      ];
  for (const { key, spelled, proper, at } of standardsIn(entry.body))
    yield [key, { checked, spelled, proper, line: bodyLineAt(checked, at), field: undefined, source: false }];
}

/** Where the spellings of one standard differ: those that are not in the form of the house. */
function spellingsOf(places: readonly Place[]): Problem[] {
  const spellings = new Set(places.map(({ spelled }) => spelled));
  if (spellings.size < 2) return [];
  const propers = [...new Set(places.map(({ proper }) => proper))];
  const right = propers.map((proper) => places.filter((place) => place.proper === proper).length);
  const kept = propers[right.indexOf(Math.max(...right))] as string;
  return places
    .filter(({ spelled }) => spelled !== kept)
    .map(({ checked: { file }, spelled, line, field }) => ({
      severity: 'error',
      file,
      line,
      field,
      message: `同一个标准有几种写法（这里“${spelled}”），请写成“${kept}”`,
    }));
}

function* replacedAt(places: readonly Place[], by: string | undefined): Generator<Problem> {
  if (!by) return;
  for (const {
    checked: { file },
    proper,
    line,
    field,
    source,
  } of places)
    yield {
      severity: source ? 'error' : 'warning',
      file,
      line,
      field,
      message: `${proper} 已经被 ${by} 代替；请查新标准，内容改对以后换成它`,
    };
}
