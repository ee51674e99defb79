import { expect, test } from 'vitest';
import { event, indicator, records, row } from '../../../tests/support/figures.ts';
import { sharesOf, shareWithin } from './share.ts';

const dictionary = [indicator('people', 'person'), indicator('units', 'count', { summable: false })];
const entries = [
  event('a', { results: [row('people', 30), row('units', 2)] }),
  event('b', { results: [row('people', 70), row('units', 3)] }),
  event('c', { start: '2023-04-01', results: [row('people', 5)] }),
  event('d', { start: '2023-05-01', results: [row('people')] }),
];
const year = records(entries, dictionary);

test('一部分条目在每年数字里占多少，新的年份在前', () => {
  const shares = sharesOf(
    year,
    [entries[0], entries[2]].flatMap((entry) => entry ?? []),
  );
  expect(shares.map((share) => share.year)).toEqual([2023, 2022]);
  const [latest, former] = shares;
  expect(former?.figures.map(({ own, whole, ratio }) => [own.value, whole?.value, ratio])).toEqual([
    [30, 100, 0.3],
    [2, undefined, undefined],
  ]);
  // The other event of that year has no figure, so nobody knows what share this is.
  expect(latest?.figures.map(({ own, ratio }) => [own.value, ratio])).toEqual([[5, undefined]]);
});

test('只有空着的记录时写未载，不算占多少；没有条目就什么也没有', () => {
  const blank = sharesOf(year, entries.slice(3));
  expect(blank[0]?.figures.map(({ own, ratio }) => [own.value, ratio])).toEqual([[undefined, undefined]]);
  expect(sharesOf(year, [])).toEqual([]);
});

test('一项品牌活动在全年数字里占多少', () => {
  const all = records(
    [...entries.slice(0, 2), event('e', { campaign: 'day', results: [row('people', 25)] })],
    dictionary,
  );
  const { figures } = shareWithin(all, { year: 2022, campaign: 'day' });
  expect(figures.map(({ own, whole, ratio }) => [own.value, whole?.value, ratio])).toEqual([[25, 125, 0.2]]);
});
