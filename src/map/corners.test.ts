import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../tests/support/random.ts';
import { earthAt, mapAt } from './corners.ts';

const corners = {
  topLeft: { longitude: 105, latitude: 35 },
  topRight: { longitude: 106, latitude: 35.1 },
  bottomLeft: { longitude: 104.9, latitude: 34 },
};

test('图上的一点换成坐标，再换回来还是那一点；图外的没有', () => {
  const part = fc.integer({ min: 1, max: 999 }).map((value) => value / 1000);
  fc.assert(
    fc.property(part, part, (x, y) => {
      const [left, top] = mapAt(corners, earthAt(corners, x, y)) ?? [];
      expect(left).toBeCloseTo(x, 3);
      expect(top).toBeCloseTo(y, 3);
    }),
  );
  expect(mapAt(corners, { longitude: 107, latitude: 35 })).toBeUndefined();
});
