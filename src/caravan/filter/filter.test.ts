import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Criteria,
  FIELDS,
  type FilteredStop,
  matcher,
  NO_CRITERIA,
  PERIODS,
  type Period,
  readCriteria,
  widenings,
  without,
  writeCriteria,
} from './filter.ts';
import { plain } from './plain.ts';

const clock = { today: '2026-11-24', term: '2026-08-01' };

const TOWNSHIPS = ['qinghe', 'taohe', 'yunling'];
const SCHOOLS = ['a-xiaoxue', 'b-zhongxue', 'c-youeryuan'];
const STAGES = ['primary', 'junior', 'community'];
const VEHICLES = ['caravan-1', 'caravan-2'];
const STATES = ['confirmed', 'cancelled', 'completed'];
const WORDS = ['青禾镇', '光学', '11月25日', 'ABC', '取消'];
const offered = {
  township: new Set(TOWNSHIPS),
  school: new Set(SCHOOLS),
  stage: new Set(STAGES),
  vehicle: new Set(VEHICLES),
  state: new Set(STATES),
};

const oneOf = (values: readonly string[]) => fc.constantFrom(...values);
const chosen = (values: readonly string[]) => fc.constantFrom('', ...values);
/** Days around the clock's, leap days among them. */
const day = fc
  .date({ min: new Date('2024-02-25'), max: new Date('2028-03-05'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const stop: fc.Arbitrary<FilteredStop> = fc
  .record({
    township: oneOf(TOWNSHIPS),
    school: chosen(SCHOOLS),
    stages: fc.subarray(STAGES),
    vehicle: oneOf(VEHICLES),
    state: oneOf(STATES),
    days: fc.tuple(day, day),
    text: fc.subarray(WORDS).map((words) => plain(words.join(' '))),
  })
  .map(({ days, ...rest }) => {
    const [start = '', end = ''] = [...days].sort();
    return { ...rest, start, end };
  });

const criteria: fc.Arbitrary<Criteria> = fc
  .record({
    township: chosen(TOWNSHIPS),
    school: chosen(SCHOOLS),
    stage: chosen(STAGES),
    vehicle: chosen(VEHICLES),
    state: chosen(STATES),
    when: fc.constantFrom(...(Object.keys(PERIODS) as Period[])),
    from: fc.oneof(fc.constant(''), day),
    to: fc.oneof(fc.constant(''), day),
    words: fc.subarray(WORDS, { maxLength: 2 }).map((words) => words.join(' ')),
  })
  .map((all) => (all.when === 'dates' ? all : { ...all, from: '', to: '' }));

/** The same question asked of one demand alone, day by day and word by word: the slow and plain way. */
function wanted(found: FilteredStop, asked: Criteria): boolean {
  const days: Record<Period, boolean> = {
    term: found.end >= clock.term,
    next: !(found.end < clock.today),
    past: found.end < clock.today,
    all: true,
    dates: !(asked.from && found.end < asked.from) && !(asked.to && asked.to < found.start),
  };
  const missed = [
    asked.township !== '' && asked.township !== found.township,
    asked.school !== '' && asked.school !== found.school,
    asked.stage !== '' && !found.stages.includes(asked.stage),
    asked.vehicle !== '' && asked.vehicle !== found.vehicle,
    asked.state !== '' && asked.state !== found.state,
    !days[asked.when],
    ...asked.words.split(' ').map((word) => !found.text.includes(word.toLowerCase())),
  ];
  return !missed.includes(true);
}

describe('筛选', () => {
  test('任何组合都恰好留下符合的站次', () =>
    fc.assert(
      fc.property(fc.array(stop, { maxLength: 30 }), criteria, (stops, asked) => {
        expect(stops.filter(matcher(asked, clock))).toEqual(stops.filter((one) => wanted(one, asked)));
      }),
    ));

  test('什么都没选就是本学年和以后的全部', () =>
    fc.assert(
      fc.property(fc.array(stop), (stops) => {
        const found = stops.filter(matcher(NO_CRITERIA, clock));
        expect(found).toEqual(stops.filter(({ end }) => end >= clock.term));
      }),
    ));

  test('「接下来」和「已经过去的」合起来是全部，没有一站算两次', () =>
    fc.assert(
      fc.property(stop, (one) => {
        const next = matcher({ ...NO_CRITERIA, when: 'next' }, clock)(one);
        const past = matcher({ ...NO_CRITERIA, when: 'past' }, clock)(one);
        expect(next).toBe(!past);
      }),
    ));

  test('全角半角、大小写和空格不影响找字', () => {
    const one: FilteredStop = {
      township: '',
      school: '',
      stages: [],
      vehicle: '',
      state: '',
      start: clock.today,
      end: clock.today,
      text: plain('11 月 25 日（周三） 青禾镇中心小学 qinghe ABC 展'),
    };
    const finds = (words: string) => matcher({ ...NO_CRITERIA, words }, clock)(one);
    for (const words of ['11月25日', '11 月 25 日', '（周三）', '(周三)', 'ａｂｃ', 'Qinghe 小学'])
      expect(finds(words)).toBe(true);
    expect(finds('青禾镇 中学')).toBe(false);
  });

  test('没有结果时，说去掉哪一项有几站，说多少就真有多少', () =>
    fc.assert(
      fc.property(fc.array(stop, { maxLength: 30 }), criteria, (stops, asked) => {
        for (const { demand, count } of widenings(asked, clock, stops)) {
          const found = stops.filter(matcher(without(asked, demand), clock));
          expect(found).toHaveLength(count);
          expect(count).toBeGreaterThanOrEqual(stops.filter(matcher(asked, clock)).length);
        }
      }),
    ));
});

describe('网址', () => {
  test('任何筛选写成网址，再读回来一样', () =>
    fc.assert(
      fc.property(criteria, (asked) => {
        expect(readCriteria(writeCriteria(asked), offered)).toEqual(asked);
      }),
    ));
  test('自己打的字写成网址，再读回来一样', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (typed) => {
        const { words } = readCriteria(new URLSearchParams({ q: typed }).toString(), offered);
        expect(readCriteria(writeCriteria({ ...NO_CRITERIA, words }), offered).words).toBe(words);
      }),
    ));
  test('什么都没选，网址后面什么也没有', () => expect(writeCriteria(NO_CRITERIA)).toBe(''));
  test('别人乱写的网址不出错，读出来的都是表单里有的', () =>
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...FIELDS, 'when', 'from', 'to', 'q', '__proto__'),
          fc.oneof(fc.string(), fc.constantFrom('constructor', '2026-02-29', '2026-13-01', 'qinghe')),
        ),
        (parameters) => {
          const read = readCriteria(new URLSearchParams(parameters).toString(), offered);
          for (const field of FIELDS)
            expect(read[field] === '' || offered[field].has(read[field])).toBe(true);
          expect(Object.keys(PERIODS)).toContain(read.when);
          expect(read.from).not.toBe('2026-02-29');
          expect(readCriteria(writeCriteria(read), offered)).toEqual(read);
        },
      ),
    ));
  test('不存在的日子不算，闰日算', () => {
    expect(readCriteria('?from=2026-02-29', offered).from).toBe('');
    expect(readCriteria('?from=2028-02-29', offered)).toMatchObject({ from: '2028-02-29', when: 'dates' });
  });
});
