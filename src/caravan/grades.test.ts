import { expect, test } from 'vitest';
import { conceptOf, stagesOfGrades, suits } from './grades.ts';

test('编辑写的年级换成学段，两头都算', () => {
  expect(stagesOfGrades('小学三至六年级')).toEqual(['primary']);
  expect(stagesOfGrades('小学五年级至高中')).toEqual(['primary', 'junior', 'senior']);
  expect(stagesOfGrades('幼儿园大班至小学四年级')).toEqual(['kindergarten', 'primary']);
  expect(stagesOfGrades('各年级')).toHaveLength(4);
});

test('展品和学校有相同的学段才合适；社区和不知道学段的学校什么都合适', () => {
  expect(suits('小学三年级至初中', ['junior'])).toBe(true);
  expect(suits('小学三年级至初中', ['senior'])).toBe(false);
  expect(suits('小学三年级至初中', ['community'])).toBe(true);
  expect(suits('小学三年级至初中', [])).toBe(true);
});

test('核心概念是间隔号前面的部分', () => {
  expect(conceptOf('宇宙中的地球·月球是地球的卫星')).toBe('宇宙中的地球');
  expect(conceptOf('技术、工程与社会')).toBe('技术、工程与社会');
});
