import { partsOf } from '../calendar/days.ts';

/** Counting happenings for charts. */

export interface Bar {
  label: string;
  value: number;
  address?: string | undefined;
}

interface Happening {
  data: { start: string; township?: string | undefined };
}

/** Happenings in each month of their year, January first. */
export const byMonth = (happenings: readonly Happening[]): Bar[] =>
  Array.from({ length: 12 }, (_, index) => ({
    label: `${index + 1} 月`,
    value: happenings.filter(({ data }) => partsOf(data.start).month === index + 1).length,
  }));

/** Happenings in each township that has any, in the order of the list. */
export const byTownship = (
  happenings: readonly Happening[],
  townships: readonly { id: string; name: string }[],
): Bar[] =>
  townships
    .map(({ id, name }) => ({
      label: name,
      value: happenings.filter(({ data }) => data.township === id).length,
      address: `/townships/${id}/`,
    }))
    .filter(({ value }) => value > 0);
