import { today } from '../calendar/today.ts';
import type { Problem } from '../model/problems.ts';
import { labelOfPath } from '../model/schema.ts';
import { UNITS } from '../types/statistics.ts';
import type { Corpus } from './corpus.ts';
import { figuresIn, indicatorsOf, type KnownFigure, nameOf } from './figures.ts';

/** How many times as much as last year, or as little, is hard to believe. */
const FACTOR = 5;
/** Below, one more event makes such a difference. */
const LEAST = 20;

/** An indicator that is five times, or a fifth, of what it was the year before: a digit too many, or another unit. */
export function checkJumps(corpus: Pick<Corpus, 'files' | 'content'>, now = today()): Problem[] {
  const figures = figuresIn(corpus);
  if (figures.length === 0) return [];
  const thisYear = Number(now.slice(0, 4));
  return [...indicatorsOf(corpus.content).values()].flatMap((indicator) => {
    const own = figures.filter((figure) => figure.indicator === indicator.id);
    const years = Map.groupBy(own, ({ year }) => year);
    return [...years].flatMap(([year, found]): Problem[] => {
      const before = years.get(year - 1);
      if (!before || indicator.unit === 'percent') return [];
      const total = indicator.nature === 'stock' ? latest : sum;
      const [then, value] = [total(before), total(found)];
      if (then <= 0 || value <= 0 || Math.max(then, value) < LEAST) return [];
      const isLess = value * FACTOR <= then;
      // A year that is not over has less than the last one.
      if ((isLess && year >= thisYear) || (!isLess && value < then * FACTOR)) return [];
      const largest = (isLess ? before : found).toSorted((a, b) => b.value - a.value)[0] as KnownFigure;
      const { checked, path } = largest;
      const unit = UNITS[indicator.unit];
      return [
        {
          severity: 'warning',
          file: checked.file,
          line: checked.entry.lineOf(path),
          field: labelOfPath(checked.schema, path),
          message: `「${indicator.name}」${year - 1} 年 ${then} ${unit}，${year} 年 ${value} ${unit}，相差 ${FACTOR} 倍以上，最大的一笔是${nameOf(checked)} ${largest.value}：请看是不是多写、少写了一个 0，或者单位不对；确实这样的不用改`,
        },
      ];
    });
  });
}

/** A campaign's own figure is that of all its events. */
function sum(figures: readonly KnownFigure[]): number {
  const stated = new Set(
    figures.flatMap(({ checked }) => (checked.kind === 'campaigns' ? checked.slug : [])),
  );
  return figures
    .filter(({ checked }) => !stated.has(String(checked.data.campaign)))
    .reduce((total, { value }) => total + value, 0);
}

/** A stock is what was counted last. */
const latest = (figures: readonly KnownFigure[]): number =>
  figures.toSorted((a, b) => String(a.checked.data.date).localeCompare(String(b.checked.data.date))).at(-1)
    ?.value ?? 0;
