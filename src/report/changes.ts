import { BLANK, type Report, type Source, type StatedFigure } from './document.ts';

/** What changed from one draft of a year to the next. */

export interface Changes {
  /** Figures that both drafts state and that differ. */
  moved: { label: string; from: string; to: string }[];
  /** Figures that only one of them states. */
  stated: StatedFigure[];
  unstated: StatedFigure[];
  /** Records of the year that only one of them knew. */
  added: Source[];
  removed: Source[];
}

type Draft = Pick<Report, 'figures' | 'records'>;

const notIn = <Item>(
  items: readonly Item[],
  others: readonly Item[],
  key: (item: Item) => string,
): Item[] => {
  const known = new Set(others.map(key));
  return items.filter((item) => !known.has(key(item)));
};

const keyOf = ({ key }: StatedFigure) => key;
const idOf = ({ id }: Source) => id;

export function changesBetween(before: Draft, after: Draft): Changes {
  const former = new Map(before.figures.map((figure) => [figure.key, figure.text]));
  const moved = after.figures.flatMap(({ key, label, text }) => {
    const from = former.get(key);
    return from === undefined || from === text ? [] : [{ label, from, to: text }];
  });
  return {
    moved,
    stated: notIn(after.figures, before.figures, keyOf),
    unstated: notIn(before.figures, after.figures, keyOf),
    added: notIn(after.records, before.records, idOf),
    removed: notIn(before.records, after.records, idOf),
  };
}

export const hasChanges = (changes: Changes): boolean =>
  Object.values(changes).some((list) => list.length > 0);

/** One sentence each, without full stops. */
export function changeLines({ moved, stated, unstated, added, removed }: Changes): string[] {
  const figure = ({ label, text }: StatedFigure) => `${label} ${text === BLANK ? '待填' : text}`;
  const named = ({ title }: Source) => `《${title}》`;
  return [
    ...moved.map(({ label, from, to }) => `${label}：由${from}改为${to}`),
    ...stated.map((one) => `新写入：${figure(one)}`),
    ...unstated.map((one) => `不再写：${figure(one)}`),
    ...added.map((one) => `新增记录：${named(one)}`),
    ...removed.map((one) => `去掉记录：${named(one)}`),
  ];
}
