import type { Problem } from '../model/problems.ts';
import { labelOfPath } from '../model/schema.ts';
import type { Corpus } from './corpus.ts';
import { figuresIn, type Indicator, indicatorsOf, type KnownFigure, nameOf } from './figures.ts';

/** Parts that are more than the whole: one of the two is wrong. */

/** Indicators that are counted within others, as the dictionary's 去重口径 says. */
const PARTS: Readonly<Record<string, string>> = { 'essays-awarded': 'essays-written' };

/** What an approximate whole may fall short of its parts: 「约 1800」 may be 1850. */
const TOLERANCE = 1.1;

const isMore = (part: number, whole: KnownFigure) => part > whole.value * (whole.approximate ? TOLERANCE : 1);

export function checkParts(corpus: Pick<Corpus, 'files' | 'content'>): Problem[] {
  const figures = figuresIn(corpus);
  if (figures.length === 0) return [];
  const dictionary = indicatorsOf(corpus.content);
  return [
    ...percentages(figures, dictionary),
    ...partsOfEntries(figures, dictionary),
    ...partsOfCampaigns(figures, dictionary),
  ];
}

const problemAt = ({ checked, path }: KnownFigure, message: string): Problem => ({
  severity: 'warning',
  file: checked.file,
  line: checked.entry.lineOf(path),
  field: labelOfPath(checked.schema, path),
  message,
});

const labelOf = (dictionary: ReadonlyMap<string, Indicator>, id: string) =>
  `「${dictionary.get(id)?.name ?? id}」`;

/** More than a whole: nobody can read that. */
const percentages = (
  figures: readonly KnownFigure[],
  dictionary: ReadonlyMap<string, Indicator>,
): Problem[] =>
  figures
    .filter(({ indicator, value }) => value > 100 && dictionary.get(indicator)?.unit === 'percent')
    .map((figure) => ({ ...problemAt(figure, '百分数超过 100，请改正'), severity: 'error' as const }));

/** Within one entry: 获奖征文 more than 撰写征文. */
function partsOfEntries(
  figures: readonly KnownFigure[],
  dictionary: ReadonlyMap<string, Indicator>,
): Problem[] {
  return [...Map.groupBy(figures, ({ checked }) => checked).values()].flatMap((own) =>
    own.flatMap((part): Problem[] => {
      const whole = own.find(({ indicator }) => indicator === PARTS[part.indicator]);
      if (!whole || !isMore(part.value, whole)) return [];
      return [
        problemAt(
          part,
          `${labelOf(dictionary, part.indicator)} ${part.value} 比${labelOf(dictionary, whole.indicator)} ${whole.value} 还多，请核对`,
        ),
      ];
    }),
  );
}

/** What the events of a campaign add up to, against what the campaign states itself. */
function partsOfCampaigns(
  figures: readonly KnownFigure[],
  dictionary: ReadonlyMap<string, Indicator>,
): Problem[] {
  const keyOf = ({ checked, indicator }: KnownFigure) =>
    `${checked.kind === 'campaigns' ? checked.slug : String(checked.data.campaign)} ${indicator}`;
  const parts = Map.groupBy(
    figures.filter(({ checked }) => checked.data.campaign !== undefined),
    keyOf,
  );
  return figures
    .filter(({ checked }) => checked.kind === 'campaigns')
    .flatMap((whole): Problem[] => {
      const { unit, nature, summable } = dictionary.get(whole.indicator) ?? {};
      const own = parts.get(keyOf(whole)) ?? [];
      const sum = own.reduce((total, { value }) => total + value, 0);
      if (unit === 'percent' || nature === 'stock' || summable === false || !isMore(sum, whole)) return [];
      const few = own
        .slice(0, 3)
        .map(({ checked, value }) => `${nameOf(checked)} ${value}`)
        .join('、');
      const more = own.length > 3 ? ` 等 ${own.length} 笔` : '';
      return [
        problemAt(
          whole,
          `${labelOf(dictionary, whole.indicator)}总数是 ${whole.value}，各场加起来有 ${sum}（${few}${more}）：请核对哪一个不对`,
        ),
      ];
    });
}
