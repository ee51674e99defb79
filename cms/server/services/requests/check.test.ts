import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../../../src/calendar/days.ts';
import { requestWindow, visitRequest } from '../../../../src/caravan/request/request.ts';
import { shapeOf } from '../../../../src/model/schema.ts';
import { checkRequest, type Lists, type Typed } from './check.ts';
import { asReference } from '../../stores/requests/reference.ts';
import { HOLIDAYS } from '../../../../tests/support/holidays.ts';

const TODAY = '2026-11-23';
const lists: Lists = {
  schools: [{ id: 'a', name: '甲小学', township: 't', stages: ['primary'] }],
  townships: [{ id: 't', name: '城关镇' }],
  exhibitSets: [{ id: 'physics', name: '基础物理' }],
  holidays: HOLIDAYS,
  blocked: [
    { id: 'x', kind: 'exam', from: '2027-01-18', to: '2027-01-20', note: '期末考试', stages: ['primary'] },
  ],
};
const good = {
  school: 'a',
  people: '300',
  day: '2026-12-16',
  session: 'morning',
  contact: '王老师',
  phone: '139 1234 5678',
};
const faultsOf = (typed: Typed) => {
  const checked = checkRequest(typed, lists, TODAY);
  return 'faults' in checked ? checked.faults : {};
};

test('名录里有的学校资料自动填上', () => {
  expect(checkRequest(good, lists, TODAY)).toMatchObject({
    asked: { township: 't', stages: ['primary'], people: 300 },
  });
});

test('全角的数字和空格照意思收下', () => {
  expect(
    checkRequest({ ...good, people: ' ３００ ', phone: '０３７１－６６６６６６６' }, lists, TODAY),
  ).toMatchObject({
    asked: { people: 300, phone: '0371-6666666' },
  });
});

test.each(['13912345678', '139-1234-5678', '0371-66666666', '037166666666', '66666666', '0913-6666666-801'])(
  '电话「%s」可以',
  (phone) => expect(faultsOf({ ...good, phone })).toEqual({}),
);
test.each(['12345', '12912345678', '139123456789', '王老师', '+86 13912345678 x'])(
  '电话「%s」不行',
  (phone) => expect(Object.keys(faultsOf({ ...good, phone }))).toEqual(['phone']),
);

test('日期：不能太近，不能太远，不能在约不了的日子', () => {
  expect(faultsOf({ ...good, day: '2026-12-01' }).day).toContain('最早可以约 12 月 3 日');
  expect(faultsOf({ ...good, day: '2028-01-01' }).day).toContain('最晚可以约 2027 年');
  expect(faultsOf({ ...good, day: '2026-12-19' }).day).toContain('周末');
  expect(faultsOf({ ...good, day: '2027-01-19' }).day).toContain('期末考试');
  expect(faultsOf({ ...good, day: '2026-02-30' }).day).toContain('没有这一天');
  expect(faultsOf({ ...good, otherDay: good.day }).otherDay).toContain('同一天');
});

test('要说明是谁申请', () => {
  expect(faultsOf({ ...good, school: '' })).toHaveProperty('school');
  expect(faultsOf({ ...good, school: '', place: '南门社区' })).toMatchObject({
    township: '请选乡镇（街道）',
    stages: '请至少选一个学段',
  });
});

const names = Object.keys(shapeOf(visitRequest));
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', ...Object.values(good), 'physics'),
);
const anyTyped = fc.dictionary(
  fc.oneof(fc.constantFrom(...names), fc.string(), fc.constantFrom('__proto__', 'constructor')),
  fc.oneof(anyText, fc.array(anyText, { maxLength: 4 })),
);

test('不论提交什么，不是格式收得下的申请，就至少有一处用话说明的错', () => {
  fc.assert(
    fc.property(anyTyped, (noise) => {
      const checked = checkRequest({ ...good, ...noise }, lists, TODAY);
      if ('asked' in checked) {
        expect(visitRequest.safeParse(checked.asked).success).toBe(true);
        const { from, to } = requestWindow(TODAY);
        expect(checked.asked.day >= from && checked.asked.day <= to).toBe(true);
      } else {
        expect(Object.keys(checked.faults).length).toBeGreaterThan(0);
        for (const message of Object.values(checked.faults)) expect(message).toMatch(/\p{Script=Han}/u);
      }
    }),
  );
});

test('约期内有空的上学日都能约，别的日子都不能', () => {
  fc.assert(
    fc.property(fc.integer({ min: -30, max: 400 }), (days) => {
      const day = addDays(TODAY, days);
      const { from, to } = requestWindow(TODAY);
      const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
      const exam = '2027-01-18' <= day && day <= '2027-01-20';
      const holiday = ['01-01', '02-05', '02-06', '02-07', '02-08', '04-05', '05-01', '05-02', '06-09']
        .map((date) => `2027-${date}`)
        .includes(day);
      const possible = day >= from && day <= to && !weekend && !exam && !holiday;
      expect('asked' in checkRequest({ ...good, day }, lists, TODAY)).toBe(possible);
    }),
  );
});

test('申请编号怎样打都认得', () => {
  expect(asReference('dp26 7k3f 9qwx')).toBe('DP26-7K3F-9QWX');
  expect(asReference('ＤＰ26－7K3F－9QWX')).toBe('DP26-7K3F-9QWX');
  expect(asReference('DP26-OK3F-9QIL')).toBe('DP26-0K3F-9Q11');
  expect(asReference("DP26-7K3F' OR 1=1")).toBeUndefined();
});
