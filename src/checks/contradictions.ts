import type { Problem } from '../model/problems.ts';
import type { CheckedFile, Corpus } from './corpus.ts';

/** Two different values for one indicator on one day: one of them is wrong, or means something else. */
export function checkContradictions({ files }: Corpus): Problem[] {
  const first = new Map<string, CheckedFile>();
  const problems: Problem[] = [];
  for (const checked of files) {
    const { kind, data, file, entry } = checked;
    if (kind !== 'statistics' || data.value === undefined) continue;
    const key = `${String(data.indicator)} ${String(data.date)}`;
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
