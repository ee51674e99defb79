import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EVENT_STATES, type EventState } from '../../calendar/states.ts';
import { caveat, fairnessOf, lastText, sinceText } from './fairness.ts';

const school = (id: string) => ({ id, name: id, township: 'seat', stages: [] });
const schools = ['a', 'b', 'c', 'd'].map(school);
const visit = (id: string, start: string, state: EventState = 'completed', dateNote?: string) => ({
  school: id,
  start,
  state,
  dateNote,
});
const TODAY = '2026-11-23';

test('没有去过的在最前，再从最久的排起；没有过的、取消的、还没记完成的都不算去过', () => {
  const found = fairnessOf(
    schools,
    [
      visit('a', '2026-09-08T09:00'),
      visit('b', '2025-11-23T09:00'),
      visit('b', '2023-01-01'),
      visit('c', '2022-09-15', 'completed', '具体日期不详'),
      visit('d', '2024-03-01', 'cancelled'),
      visit('d', '2026-11-20T09:00', 'confirmed'),
      visit('d', '2026-12-20T09:00', 'tentative'),
      visit('d', '2026-12-01T09:00', 'confirmed'),
    ],
    TODAY,
  );
  expect(
    found.turns.map(({ school: { id }, last, visits, next, ...turn }) => [
      id,
      last,
      visits,
      sinceText({ last, ...turn }),
      next,
    ]),
  ).toEqual([
    ['d', undefined, 0, '没有记录', '2026-12-01'],
    ['c', '2022', 1, '约 4 年', undefined],
    ['b', '2025-11-23', 2, '1 年多', undefined],
    ['a', '2026-09-08', 1, '不到 1 年', undefined],
  ]);
  expect(found).toMatchObject({ since: '2022', unrecorded: 1 });
  expect(caveat(found)).toBe(
    '这里只算日程里记为「完成」的站次。现有的记录从 2022 年起，不一定齐全：没有记录不等于没有去过。另有 1 站已经过了日子，还没有记为完成，没有算在内。',
  );
});

test('只知道月份的，按那个月算，写明是约数', () => {
  const turn = (start: string) =>
    fairnessOf([school('a')], [{ ...visit('a', start), datePrecision: 'month' }], TODAY)
      .turns[0] as ReturnType<typeof fairnessOf>['turns'][number];
  expect([sinceText(turn('2024-11-01')), lastText(turn('2024-11-01').last ?? '')]).toEqual([
    '约 2 年',
    '2024\u00a0年 11\u00a0月',
  ]);
  expect(sinceText(turn('2024-12-01'))).toBe('约 1 年');
  expect(sinceText(turn('2026-03-01'))).toBe('不到 1 年');
});

test('满一年才算一年；2 月 29 日去的，平年 2 月 28 日满一年', () => {
  const years = (last: string, today: string) =>
    fairnessOf([school('a')], [visit('a', last)], today).turns[0]?.years;
  expect(years('2025-11-24', TODAY)).toBe(0);
  expect(years('2025-11-23', TODAY)).toBe(1);
  expect(years('2024-02-29', '2025-02-27')).toBe(0);
  expect(years('2024-02-29', '2025-02-28')).toBe(1);
});

test('什么记录都没有也不出错，每所学校都在，一所不多', () => {
  expect(caveat(fairnessOf([], [], TODAY))).toContain('还没有办完的记录');
  const states = Object.keys(EVENT_STATES) as EventState[];
  const anyVisit = fc.record({
    school: fc.option(fc.constantFrom('a', 'b', 'gone'), { nil: undefined }),
    start: fc.constantFrom('2020-02-29', '2024-12-31T09:00', '2026-11-23', '2027-01-01'),
    state: fc.constantFrom(...states),
    dateNote: fc.option(fc.constant('不详'), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(anyVisit), (visits) => {
      const { turns } = fairnessOf(schools, visits, TODAY);
      expect(turns.map((turn) => turn.school.id).sort()).toEqual(['a', 'b', 'c', 'd']);
      const lasts = turns.map(({ last = '' }) => last);
      expect(lasts).toEqual([...lasts].sort());
    }),
  );
});
