import { currentContent } from '../../store/index.ts';
import { articles } from '../../types/articles.ts';
import { GAP, sayings } from '../../types/sayings.ts';
import type { SayingsFile } from '../sayings.ts';
import { normalize } from '../text.ts';
import type { TitleRow } from '../title-row.ts';

const normalized = (saying: string): string =>
  saying
    .split(GAP)
    .map((part) => normalize(part).replace(/ /g, ''))
    .filter((part) => part)
    .join(GAP);

/**
 * What people say, as the browser fetches it; sayings of articles that the site does not have are left out.
 *
 * @param rowOf the row of a page in the title index
 * @param isOneFile whether the browser has all titles anyway
 */
export function sayingsFile(
  rowOf: (address: string) => TitleRow | undefined,
  isOneFile: boolean,
): SayingsFile {
  const file: SayingsFile = { rows: [], sayings: [], meanings: [] };
  const placeOf = new Map<string, number>();
  const place = (slug: string): number[] => {
    const row = rowOf(articles.address(slug));
    if (!row) return [];
    const known = placeOf.get(slug) ?? file.rows.push(isOneFile ? row[0] : row) - 1;
    placeOf.set(slug, known);
    return [known];
  };
  for (const { words, articles: slugs, means } of currentContent().list(sayings).items) {
    const said = words.map(normalized).filter((word) => word);
    const targets = slugs.flatMap(place);
    if (targets.length > 0) file.sayings.push([said, targets]);
    // Longest first: 碎娃 before 娃.
    if (means)
      file.meanings.push([said.sort((a, b) => b.length - a.length), normalize(means).replace(/ /g, '')]);
  }
  return file;
}
