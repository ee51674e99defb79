import { expect, test } from 'vitest';
import { routeFiles } from '../runtime/route-files.ts';
import { types } from '../types/index.ts';
import { takenNames } from './taken-names.ts';

const explain = (type: string, slug: string) =>
  takenNames(types.find(({ name }) => name === type)?.address ?? null, routeFiles())(slug);

test.each([
  ['events', 'changes'],
  ['events', 'archive'],
  ['caravan', 'map'],
  ['caravan', 'subscribe'],
  ['caravan', 'request'],
  ['articles', '2'],
  ['pages', 'help'],
  ['pages', 'events'],
  ['pages', 'uploads'],
  ['pages', 'admin'],
])('%s 不能叫 %s：那里有网站自己的一页', (type, slug) => {
  expect(explain(type, slug)).toContain(`不能叫「${slug}」，网站自己有一页在 `);
});

test.each([
  ['events', 'map'],
  ['events', 'calendar-of-2027'],
  ['caravan', 'changes-2027'],
  ['articles', 'help'],
  ['articles', '2027-chunbo'],
  ['pages', 'about'],
  ['statistics', 'help'],
])('%s 可以叫 %s', (type, slug) => {
  expect(explain(type, slug)).toBeUndefined();
});
