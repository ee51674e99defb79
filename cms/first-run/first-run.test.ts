import fc from 'fast-check';
import { expect, test } from 'vitest';
import { schools } from '../../src/types/caravan.ts';
import { listSchema } from '../../src/store/index.ts';
import { townships } from '../../src/types/townships.ts';
import { readSchools, sheetOfPaste } from './schools.ts';
import { stepsForStaff } from './staff.ts';
import { readTownships } from './townships.ts';

const TOWNSHIPS = readTownships('城关镇、青禾镇、桃河乡', []).items;

test('乡镇名单：顿号、逗号、空格、换行、编号都认得，已有的不动，重名不重复', () => {
  const { items, problems } = readTownships(
    '1. 城关镇\r\n2、青禾镇，桃河乡　西街街道办事处\t青禾镇',
    TOWNSHIPS.slice(0, 1),
  );
  expect(problems).toEqual([]);
  expect(items.map(({ name, kind }) => [name, kind])).toEqual([
    ['城关镇', 'town'],
    ['青禾镇', 'town'],
    ['桃河乡', 'township'],
    ['西街街道', 'subdistrict'],
  ]);
  expect(items[0]).toBe(TOWNSHIPS[0]);
});

test('不是乡、镇、街道的一个一个说出来，别的照存', () => {
  const { items, problems } = readTownships('城关镇、高新区', []);
  expect(items.map(({ name }) => name)).toEqual(['城关镇']);
  expect(problems).toEqual(['「高新区」：名称要以镇、乡或街道结尾']);
});

test('同音的乡镇各有各的编号；随便贴什么，存下的都合名录的规则', () => {
  const { items } = readTownships('清河镇、青禾镇', []);
  expect(new Set(items.map(({ id }) => id)).size).toBe(2);
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('青禾', '清河', '𠮷', 'A B')), {
        maxLength: 12,
      }),
      (names) => {
        const read = readTownships(names.map((name) => `${name}镇`).join('\n'), []);
        expect(listSchema(townships).safeParse({ items: read.items }).success).toBe(true);
      },
    ),
  );
});

test('从 Excel 贴来的学校：没有列名、没写学段、没写乡镇也认得', async () => {
  const { items, problems } = await readSchools(
    sheetOfPaste(
      '青禾镇中心小学\t青禾\t\n桃河乡九年制学校\t\t\n县第一中学\t城关镇\t初中、高中\n城关镇幼儿园\t\t幼儿园',
    ),
    { listed: [], townships: TOWNSHIPS },
  );
  expect(problems).toEqual([]);
  const names = new Map(TOWNSHIPS.map(({ id, name }) => [id, name]));
  expect(items.map(({ name, township, stages }) => [name, names.get(township), stages])).toEqual([
    ['青禾镇中心小学', '青禾镇', ['primary']],
    ['桃河乡九年制学校', '桃河乡', ['primary', 'junior']],
    ['县第一中学', '城关镇', ['junior', 'senior']],
    ['城关镇幼儿园', '城关镇', ['kindergarten']],
  ]);
  expect(listSchema(schools).safeParse({ items }).success).toBe(true);
});

test('认不出乡镇的学校说出是第几行、缺什么，别的照存', async () => {
  const { items, problems } = await readSchools(
    sheetOfPaste('校名\t乡镇\n实验小学\t城关镇\n白杨小学\t云岭镇\n无名小学\t'),
    { listed: [], townships: TOWNSHIPS },
  );
  expect(items.map(({ name }) => name)).toEqual(['实验小学']);
  expect(problems).toEqual([
    '第 3 行「白杨小学」：乡镇名单里没有「云岭镇」',
    '第 4 行「无名小学」：没有写乡镇',
  ]);
});

test('审几步总比人少：写的人不审，一个人只审一步', () => {
  for (let people = 1; people < 12; people++)
    expect(stepsForStaff(people).length).toBeLessThanOrEqual(Math.max(0, people - 1));
  expect(stepsForStaff(3)).toEqual(['first', 'final']);
  expect(stepsForStaff(9)).toEqual(['first', 'second', 'final']);
});
