import { schoolYearOf } from '../../calendar/month.ts';
import { formatDay } from '../../calendar/text.ts';
import { isHeld, type PlanningRule } from './stop.ts';

/**
 * A school that has its turn in this school year already. The school year and not the calendar year: that is how the
 * caravan's terms are planned, and how a school counts.
 */
export const warnOfSecondVisit: PlanningRule = (stop, others) => {
  const { school, start } = stop.data;
  if (!school || !isHeld(stop)) return [];
  const year = schoolYearOf(start);
  const visits = others.filter(
    (other) =>
      other.data.school === school && isHeld(other) && schoolYearOf(other.data.start).from === year.from,
  );
  const [first] = visits.sort((a, b) => a.data.start.localeCompare(b.data.start));
  if (!first) return [];
  const when = formatDay(first.data.start, { year: true });
  return [{ field: 'school', message: `${year.label}已经排了 ${when}的一站；还有没去过的学校，请先排它们` }];
};
