import { type Coordinates, distanceKm } from '../map/coordinates.ts';

/** Which bases lie near a place. */

interface Placed {
  township?: string | undefined;
  coordinates?: Coordinates | undefined;
}

const byDistance = (a = Number.MAX_VALUE, b = Number.MAX_VALUE) => a - b;

/** Visitors of an event do not travel farther than this to a base. */
const NEAR_KM = 15;

/**
 * Of some bases those near a place, nearest first: by distance where both have real coordinates, else by township,
 * which comes before bases of other townships however near. `kilometres` is the straight line, when it is known.
 */
export function nearest<B extends { id: string; data: Placed }>(
  place: Placed,
  bases: readonly B[],
): { base: B; kilometres: number | undefined }[] {
  const sameTownship = ({ data }: B) => data.township !== undefined && data.township === place.township;
  return bases
    .map((base) => ({ base, kilometres: distanceKm(place.coordinates, base.data.coordinates) }))
    .filter(({ base, kilometres }) => sameTownship(base) || (kilometres ?? Infinity) <= NEAR_KM)
    .sort(
      (a, b) =>
        Number(sameTownship(b.base)) - Number(sameTownship(a.base)) ||
        byDistance(a.kilometres, b.kilometres) ||
        a.base.id.localeCompare(b.base.id),
    );
}

/** 「约 800 米」「约 3.2 公里」: a straight line is no more exact than that. */
export const distanceText = (kilometres: number): string =>
  kilometres < 1
    ? `约 ${Math.max(100, Math.round(kilometres * 10) * 100)} 米`
    : `约 ${kilometres.toFixed(1)} 公里`;
