import { compareYears, type Figure, yearsWithFigures } from '../statistics/index.ts';
import { today } from '../calendar/today.ts';
import type { Problem } from '../model/problems.ts';
import { UNITS } from '../types/statistics.ts';
import type { Corpus } from './corpus.ts';
import { fileOf, nameOf, yearRecordsOf } from './figures.ts';

/** How many times as much as last year, or as little, is hard to believe. */
const FACTOR = 5;
/** Below, one more event makes such a difference. */
const LEAST = 20;

/** An indicator that is five times, or a fifth, of what it was the year before: a digit too many, or another unit. */
export function checkJumps(corpus: Pick<Corpus, 'files' | 'content'>, now = today()): Problem[] {
  const records = yearRecordsOf(corpus);
  const years = yearsWithFigures(records);
  const thisYear = Number(now.slice(0, 4));
  return years
    .filter((year) => years.includes(year - 1))
    .flatMap((year) =>
      compareYears(records, [year - 1, year]).flatMap(({ indicator, figures, changes }): Problem[] => {
        const [before, after] = figures;
        // Only where both are known, complete and not in doubt.
        if (!changes[1] || before?.value === undefined || after?.value === undefined) return [];
        const [then, value] = [before.value, after.value];
        if (indicator.unit === 'percent' || then <= 0 || value <= 0 || Math.max(then, value) < LEAST)
          return [];
        const isLess = value * FACTOR <= then;
        // A year that is not over has less than the last one.
        if ((isLess && year >= thisYear) || (!isLess && value < then * FACTOR)) return [];
        const unit = UNITS[indicator.unit];
        return problemAt(
          corpus,
          isLess ? before : after,
          `「${indicator.name}」${year - 1} 年 ${then} ${unit}，${year} 年 ${value} ${unit}，相差 ${FACTOR} 倍以上`,
        );
      }),
    );
}

/** At the largest part of a figure. */
function problemAt(
  corpus: Pick<Corpus, 'files'>,
  { parts, snapshots, indicator }: Figure,
  what: string,
): Problem[] {
  const [largest] = parts.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const source = largest?.entry ?? snapshots[0];
  const checked = source && fileOf(corpus, source);
  if (!checked) return [];
  const { data, entry, file, kind } = checked;
  const results = Array.isArray(data.results) ? (data.results as { indicator?: unknown }[]) : [];
  const index = results.findIndex((result) => result.indicator === indicator.id);
  const path = kind === 'statistics' ? ['value'] : index < 0 ? [] : ['results', index];
  const field = kind === 'statistics' ? '「数值」' : index < 0 ? undefined : `「活动成果」第 ${index + 1} 项`;
  const value = largest?.stated ?? largest?.value;
  const message = `${what}，最大的一笔是${nameOf(checked)}${value === undefined ? '' : ` ${value}`}：请看是不是多写、少写了一个 0，或者单位不对；确实这样的不用改`;
  return [{ severity: 'warning', file, line: entry.lineOf(path), field, message }];
}
