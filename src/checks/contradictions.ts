import type { Problem } from '../model/problems.ts';
import type { CheckedFile, Corpus } from './corpus.ts';
import { indicatorsOf } from './figures.ts';

/**
 * Two different values for one thing: one indicator on one day, or one stock at the end of one year, however each was
 * dated. One of them is wrong, or means something else.
 */
export function checkContradictions({ files, content }: Pick<Corpus, 'files' | 'content'>): Problem[] {
  const statistics = files.filter(({ kind, data }) => kind === 'statistics' && data.value !== undefined);
  if (statistics.length === 0) return [];
  const dictionary = indicatorsOf(content);
  const first = new Map<string, CheckedFile>();
  const problems: Problem[] = [];
  for (const checked of statistics) {
    const { data, file, entry } = checked;
    const date = String(data.date);
    const isStock = dictionary.get(String(data.indicator))?.nature === 'stock';
    // A stock is counted at the end of the year; a count in the middle of it is another figure.
    const when = isStock && date.slice(5, 7) === '12' ? date.slice(0, 7) : date;
    const key = `${String(data.indicator)} ${when}`;
    const other = first.get(key);
    if (!other) first.set(key, checked);
    else if (other.data.value !== data.value)
      problems.push({
        severity: 'warning',
        file,
        line: entry.lineOf(['value']),
        field: '「数值」',
        message: `同一指标同一天有两个数：这里 ${String(data.value)}，「${String(other.data.title ?? other.slug)}」是 ${String(other.data.value)}；请核实并说明`,
      });
  }
  return problems;
}
