import { expect, test } from 'vitest';
import { checklistOf } from './checklist.ts';

test('场地要求按分号拆成一条一条', () => {
  const [site] = checklistOf({ siteNeeds: '操场 15 米；电源一处，30 米以内；帮手 4 名。', open: 'closed' });
  expect(site).toEqual({ name: '场地和电源', items: ['操场 15 米', '电源一处，30 米以内', '帮手 4 名'] });
});
test('没写场地要求就没有这一组，其余照列', () => {
  expect(checklistOf({ open: 'closed' }).map(({ name }) => name)).toEqual(['人', '天气', '学生']);
});
test('写了雨天安排就照写的办', () => {
  const weather = checklistOf({ rainRule: '移到大厅', open: 'closed' }).find(({ name }) => name === '天气');
  expect(weather?.items[0]).toBe('雨天安排：移到大厅');
});
test('居民能来的站多一条引导', () => {
  expect(checklistOf({ open: 'open' }).flatMap(({ items }) => items)).toContain(
    '定好居民从哪个门进，由谁引导',
  );
});
