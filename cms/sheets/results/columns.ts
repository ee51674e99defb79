import { EVENT_KINDS } from '../../../src/types/events.ts';
import { UNITS } from '../../../src/types/statistics.ts';
import type { Indicator } from '../../results/figure.ts';
import type { Cell } from '../cells.ts';
import type { TableSpec } from '../reading.ts';

/** The columns of a sheet with the results of events and stops: who and when, the figures, and what they rest on. */

/** Columns with one value, and how a row fills them in. */
export const FIELD_COLUMNS = {
  title: { label: '标题', hint: '改已有的活动时只用来核对；新的活动写它的标题。' },
  start: { label: '开始', hint: '2026-10-24 8:00、2026/10/24、2026年10月24日。改已有的活动时只用来核对。' },
  kind: { label: '种类', hint: `新的活动必填：${Object.values(EVENT_KINDS).join('、')}。` },
  place: { label: '地点', hint: '新的活动必填。' },
  state: { label: '状态', hint: '填了数、这一格空着，就是「完成」；没有办的写「取消」，原因写在后面一列。' },
  changeReason: { label: '变更原因', hint: '写了「取消」就要写原因，网站上会公开显示。' },
  sessions: { label: '场次', hint: '一条活动办了几场；只办一场的空着。' },
  method: { label: '得数方法', hint: '这一行填的数是「实测」还是「估计」；不清楚就空着。' },
  evidence: { label: '依据', hint: '这一行填的数从哪里来：签到表、照片、发放登记。' },
  platform: { label: '平台编号', hint: '已上传全国平台的写编号或「已上传」。' },
  uid: { label: '日历编号', hint: '认活动用的，原样留着；新的活动空着。' },
} as const;

export type FieldName = keyof typeof FIELD_COLUMNS;

export type ResultsColumn =
  | { name: FieldName; indicator?: never; label: string }
  | { name?: never; indicator: Indicator; label: string };

/** 「发放科普资料（份）」. */
export const figureLabel = ({ name, unit }: Indicator) => `${name}（${UNITS[unit]}）`;

const BEFORE_FIGURES: readonly FieldName[] = [
  'title',
  'start',
  'kind',
  'place',
  'state',
  'changeReason',
  'sessions',
];
const AFTER_FIGURES: readonly FieldName[] = ['method', 'evidence', 'platform', 'uid'];

/** All columns in the order of the template; `sessions` only where events have such a field. */
export function resultsColumns(dictionary: readonly Indicator[], hasSessions: boolean): ResultsColumn[] {
  const fields = (names: readonly FieldName[]): ResultsColumn[] =>
    names
      .filter((name) => name !== 'sessions' || hasSessions)
      .map((name) => ({ name, label: FIELD_COLUMNS[name].label }));
  const figures = dictionary.map((indicator) => ({ indicator, label: figureLabel(indicator) }));
  return [...fields(BEFORE_FIGURES), ...figures, ...fields(AFTER_FIGURES)];
}

const normalize = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[\s*★]/g, '')
    .replace(/\(必填\)/g, '');

/** Columns by their title: 「发放科普资料（份）」, the same without its unit, or the indicator's id. */
export function resultsSpec(columns: readonly ResultsColumn[]): TableSpec<ResultsColumn> {
  const byTitle = new Map<string, ResultsColumn>();
  for (const column of columns)
    for (const title of [column.label, column.indicator?.name, column.indicator?.id])
      if (title) byTitle.set(normalize(title), byTitle.get(normalize(title)) ?? column);
  return {
    columnNamed: (title: Cell) => byTitle.get(normalize(String(title ?? ''))),
    labelOf: ({ label }) => label,
    needed: [FIELD_COLUMNS.uid.label, FIELD_COLUMNS.title.label, FIELD_COLUMNS.start.label],
  };
}
