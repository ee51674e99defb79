import { formatRange } from '../../calendar/text.ts';
import { nameIn, overlaps, type PlanningRule, type Warning } from './stop.ts';

/** One vehicle, or one crew, in two places at once. */
export const warnOfClash: PlanningRule = (stop, others, { vehicles }) =>
  others
    .filter((other) => overlaps(stop, other))
    .flatMap((other): Warning[] => {
      const busy = `${formatRange(other.data.start, other.data.end)}已经排在「${other.data.title}」，时间重叠`;
      const { vehicle, crewGroup } = stop.data;
      if (other.data.vehicle === vehicle)
        return [{ field: 'vehicle', message: `「${nameIn(vehicles, vehicle)}」${busy}；请换时间或换车` }];
      if (crewGroup && other.data.crewGroup === crewGroup)
        return [{ field: 'crewGroup', message: `「${crewGroup}」${busy}；请换时间或换一组人` }];
      return [];
    });
