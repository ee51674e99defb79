import type { CheckedFile, Corpus } from './corpus.ts';

/** One source as an entry cites it. */
export interface Cited {
  title: string;
  publisher: string | undefined;
  year: number | undefined;
  /** Path of its title in the entry's data. */
  path: PropertyKey[];
}

/** The sources of an entry. */
export function citedSources({ data }: Pick<CheckedFile, 'data'>): Cited[] {
  const sources = Array.isArray(data.sources) ? (data.sources as Partial<Cited>[]) : [];
  return sources.flatMap(({ title, publisher, year }, index) =>
    typeof title === 'string' ? [{ title, publisher, year, path: ['sources', index, 'title'] }] : [],
  );
}

/** A source with every file that cites it. */
export interface SourceUse extends Omit<Cited, 'path'> {
  files: string[];
}

/** The same work, however it is spaced: 「（2023 年版）」 and 「（2023年版）」. */
export const workOf = (title: string): string => title.normalize('NFKC').replace(/\s/g, '').toLowerCase();

/** Every source of the content, standards first, by title; each with the files that cite it. */
export function sourcesOf({ files }: Pick<Corpus, 'files'>): SourceUse[] {
  const uses = new Map<string, SourceUse>();
  for (const checked of files)
    for (const { title, publisher, year } of citedSources(checked)) {
      const key = `${workOf(title)} ${year ?? ''}`;
      const use = uses.get(key) ?? { title, publisher, year, files: [] };
      uses.set(key, { ...use, files: [...use.files, checked.file] });
    }
  const isStandard = ({ title }: SourceUse) => (/^[A-Z]+(?:\/[A-Z])? ?\d/.test(title) ? 0 : 1);
  return [...uses.values()].sort(
    (a, b) => isStandard(a) - isStandard(b) || a.title.localeCompare(b.title, 'zh-CN', { numeric: true }),
  );
}

/** The list for a person to check, number by number. */
export const sourcesText = (uses: readonly SourceUse[]): string =>
  uses
    .map(({ title, publisher, year, files }, index) =>
      [
        `${index + 1}. ${[title, publisher, year ?? '没有写年份'].filter(Boolean).join('，')}`,
        ...files.map((file) => `      ${file}`),
      ].join('\n'),
    )
    .join('\n');
