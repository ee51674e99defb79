import type { Problem } from '../model/problems.ts';
import { labelOfPath } from '../model/schema.ts';
import type { CheckedFile, Corpus } from './corpus.ts';
import { type Cited, citedSources, workOf } from './sources.ts';

/** One work has one title in all content; titles that differ in spaces and width only are told, the rarer ones. */
export function checkSourceTitles({ files }: Pick<Corpus, 'files'>): Problem[] {
  const works = new Map<string, { checked: CheckedFile; cited: Cited }[]>();
  for (const checked of files)
    for (const cited of citedSources(checked)) {
      const work = workOf(cited.title);
      works.set(work, [...(works.get(work) ?? []), { checked, cited }]);
    }
  return [...works.values()].flatMap((uses) => {
    const counts = new Map<string, number>();
    for (const { cited } of uses) counts.set(cited.title, (counts.get(cited.title) ?? 0) + 1);
    const [kept] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
    return uses
      .filter(({ cited }) => cited.title !== kept)
      .map(({ checked: { file, entry, schema }, cited: { path } }): Problem => ({
        severity: 'warning',
        file,
        line: entry.lineOf(path),
        field: labelOfPath(schema, path),
        message: `同一份资料有几种写法，请写成“${kept}”`,
      }));
  });
}
