import { breakdown } from './breakdown.ts';
import type { Figure } from './figure.ts';

/** A year's activity for charts. */

export interface Bar {
  label: string;
  value: number;
  address?: string | undefined;
}

export interface Chart {
  bars: Bar[];
  /** Entries that the records assign to no bar. */
  unplaced: number;
}

const valueIn = (rows: ReturnType<typeof breakdown>, key: string) =>
  rows.find((row) => row.key === key)?.value ?? 0;

const unplacedIn = (rows: ReturnType<typeof breakdown>) =>
  rows.find(({ key }) => key === undefined)?.parts.length ?? 0;

/** Sessions in each month, January first; no bars when no month is on record. */
export function byMonth(activity: Figure): Chart {
  const rows = breakdown(activity, 'month');
  const bars = Array.from({ length: 12 }, (_, index) => ({
    label: `${index + 1} 月`,
    value: valueIn(rows, String(index + 1)),
  }));
  return { bars: rows.some(({ key }) => key !== undefined) ? bars : [], unplaced: unplacedIn(rows) };
}

/** Sessions in each township that has any, in the order of the list. */
export function byTownship(activity: Figure, townships: readonly { id: string; name: string }[]): Chart {
  const rows = breakdown(activity, 'township');
  return {
    bars: townships
      .map(({ id, name }) => ({
        label: name,
        value: valueIn(rows, id),
        address: `/townships/${id}/`,
      }))
      .filter(({ value }) => value > 0),
    unplaced: unplacedIn(rows),
  };
}
