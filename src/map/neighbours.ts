import { centreOf, pointsOf } from './shape.ts';

interface Drawn {
  id: string;
  outline: readonly string[];
}

/** The other townships, nearest on the schematic map first; in their own order when the township is not drawn. */
export function neighbourhood<Township extends Drawn>(
  id: string,
  townships: readonly Township[],
): Township[] {
  const others = townships.filter((other) => other.id !== id);
  const own = townships.find((township) => township.id === id);
  if (!own || own.outline.length === 0) return others;
  const [x, y] = centreOf(pointsOf(own.outline));
  const away = new Map(
    others.map((other) => {
      const [left, top] = centreOf(pointsOf(other.outline));
      return [other, other.outline.length > 0 ? Math.hypot(left - x, top - y) : Number.MAX_VALUE];
    }),
  );
  return others.sort((a, b) => (away.get(a) ?? 0) - (away.get(b) ?? 0));
}
