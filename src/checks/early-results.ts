import { today } from '../calendar/today.ts';
import type { Problem } from '../model/problems.ts';
import { labelOfPath } from '../model/schema.ts';
import type { Corpus } from './corpus.ts';
import { figuresIn } from './figures.ts';

/** Results of what has not begun: the day is wrong, or the figures belong to another event. */
export function checkEarlyResults({ files }: Pick<Corpus, 'files'>, now = today()): Problem[] {
  return files.flatMap((checked): Problem[] => {
    const { kind, data, file, entry, schema } = checked;
    const day = String((kind === 'statistics' ? data.date : data.start) ?? '').slice(0, 10);
    if (!['events', 'caravan', 'statistics'].includes(kind) || day <= now) return [];
    const [first] = figuresIn({ files: [checked] });
    const warn = (path: PropertyKey[], message: string): Problem[] => [
      { severity: 'warning', file, line: entry.lineOf(path), field: labelOfPath(schema, path), message },
    ];
    if (first) return warn(first.path, `${day} 还没有到，已经有了数：请核对日期，或者这个数是不是别处的`);
    return data.state === 'completed' ? warn(['state'], `${day} 还没有到，不能是「完成」：请核对日期`) : [];
  });
}
