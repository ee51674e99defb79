import type { Content } from '../../../../../src/store/index.ts';
import type { ContentType } from '../../../../../src/model/type.ts';
import type { Faults } from '../../../../results/apply.ts';
import type { Data } from '../../../../results/form.ts';
import type { Markup } from '../../page/index.ts';
import type { Asked } from './controls.ts';
import type { Values } from './values.ts';

/** A task of the desk: a few questions, and the entry that the answers make. */

export interface TaskContext {
  content: Content;
  /** Current local time, `YYYY-MM-DDTHH:mm`. */
  now: string;
  /** What there is to choose from, `value → title`, of entries. */
  titles: (type: string) => Promise<readonly { slug: string; data: Data }[]>;
}

/** Something new: 「发活动」, 「新站次」. */
export interface NewTask {
  /** Below `tasks/`. */
  path: string;
  title: string;
  /** What it is for, on the first page. */
  lead: string;
  type: ContentType;
  /** What the form begins with. */
  start: (context: TaskContext) => Values;
  questions: (context: TaskContext, asked: Asked) => Promise<Markup>;
  /** The entry without what is made by itself (uid, slug, published); `faults` by control. */
  read: (context: TaskContext, values: Values) => Promise<{ data: Data; body: string; faults: Faults }>;
  /** Which control a field of the entry belongs to, where their names differ. */
  controls: Readonly<Record<string, string>>;
}

/** Values of one line that may name several: by 、 or ， or a line. */
export const several = (text: string): string[] => [
  ...new Set(
    text
      .split(/[、，,;；\n]+/)
      .map((item) => item.trim())
      .filter(Boolean),
  ),
];

/** A whole number as typed; undefined when it is blank, NaN when it is none. */
export function countOf(text: string): number | undefined {
  const plain = text.normalize('NFKC').replace(/[人名位个,\s]/g, '');
  if (plain === '') return undefined;
  return /^\d{1,7}$/.test(plain) ? Number(plain) : Number.NaN;
}

/** The data without what says nothing. */
export const withoutBlanks = (data: Data): Data =>
  Object.fromEntries(
    Object.entries(data).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
