import { expect, test } from 'vitest';
import { characterTables, rareCharacters } from './tables.ts';
import { schoolWords } from './school-words.ts';
import { usualForms } from '../text.ts';

test('找学校认得简称和首字母', () => {
  const words = schoolWords('青禾镇中心小学').split(' ');
  expect(words).toEqual(expect.arrayContaining(['青禾小学', 'qhzzxxx', 'qhzxxx', 'qhxx']));
  expect(schoolWords('桃河乡九年制学校')).toContain('桃河小学');
});

test('繁体表有正文里的每一个生僻字；简体里没有的字才算繁体', () => {
  const { traditional, syllables } = characterTables([rareCharacters('荞麦、荠菜和碳铵')]);
  for (const char of '蕎薺銨') expect(traditional).toContain(char);
  expect(syllables).not.toContain('乾');
});

test('正文的字母、数字、单位和查询一样写，标点照旧', () => {
  expect(usualForms('ＰＨ值，５０㎏，ﬁne，⻘⼭')).toBe('PH值，50kg，fine，青山');
});
