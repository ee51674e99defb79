import type { z } from 'zod';
import { mayBeStated } from '../statistics/derived.ts';
import { DERIVATIONS, type Derivation, indicators } from '../types/statistics.ts';
import type { Problem } from '../model/problems.ts';
import type { CheckedFile, Corpus } from './corpus.ts';

type Item = z.output<typeof indicators.item>;

/** Figures typed a second time although the dictionary says that they are worked out from the entries. */
export function checkDerivedIndicators({ content, files }: Pick<Corpus, 'content' | 'files'>): Problem[] {
  const stating = files.filter(({ kind, data }) => kind === 'statistics' || resultsOf(data).length > 0);
  if (stating.length === 0) return [];
  const derived = new Map(
    content
      .list(indicators)
      .items.filter((item) => item.derived !== undefined)
      .map((item) => [item.id, item]),
  );
  return stating.flatMap((checked) =>
    checked.kind === 'statistics' ? ofSnapshot(checked, derived) : ofResults(checked, derived),
  );
}

const resultsOf = ({ results }: CheckedFile['data']) =>
  (Array.isArray(results) ? results : []) as { indicator: string }[];

const source = ({ derived }: Item) => DERIVATIONS[derived as Derivation];

function ofSnapshot({ data, file, entry }: CheckedFile, derived: ReadonlyMap<string, Item>): Problem[] {
  const item = derived.get(String(data.indicator));
  if (!item) return [];
  return [
    {
      severity: 'error',
      file,
      line: entry.lineOf(['indicator']),
      field: '「指标」',
      message: `「${item.name}」由记录得出（${source(item)}），不能再填成年度数据；请把数补到对应的记录里，再删去这一条`,
    },
  ];
}

function ofResults({ data, file, entry }: CheckedFile, derived: ReadonlyMap<string, Item>): Problem[] {
  return resultsOf(data).flatMap(({ indicator }, index): Problem[] => {
    const item = derived.get(indicator);
    if (!item || mayBeStated(item.derived)) return [];
    return [
      {
        severity: 'error',
        file,
        line: entry.lineOf(['results', index, 'indicator']),
        field: `「活动成果」第 ${index + 1} 项「指标」`,
        message: `「${item.name}」由记录得出（${source(item)}），不能再填在活动成果里；请把数补到对应的记录里，再删去这一项`,
      },
    ];
  });
}
