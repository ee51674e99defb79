import { schoolYearOf } from '../../../../../src/calendar/month.ts';
import { readFileParts } from '../../../../documents/format.ts';
import type { StoredFile } from '../../../../protocol/entries.ts';

/** The year in which the school year of a stop begins; undefined for a file that cannot be read. */
export function yearOf(text: string): string | undefined {
  try {
    return schoolYearOf(String(readFileParts(text, 'mdx').data.start)).from.slice(0, 4);
  } catch {
    return undefined;
  }
}

/** The school years of all stops, the latest first. */
export const yearsOf = (stops: readonly StoredFile[]) =>
  [...new Set(stops.flatMap(({ text }) => yearOf(text) ?? []))].sort().reverse();
