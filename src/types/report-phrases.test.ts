import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePhrase, wordsIn } from './report-phrases.ts';

test('花括号里的词和量词分开，全角的也认', () => {
  expect(parsePhrase('安装{数量|个}，共{培训人数}。').parts).toEqual([
    { text: '安装' },
    { word: '数量', options: ['个'] },
    { text: '，共' },
    { word: '培训人数', options: [] },
    { text: '。' },
  ]);
  expect(wordsIn('上报｛名称｜《》｜篇｝')).toEqual([{ word: '名称', options: ['《》', '篇'] }]);
});

test.each([
  ['没有收尾{培训人数', '没有成对'],
  ['多一个}', '没有成对'],
  ['套着{一{二}}', '没有成对'],
  ['空的{}', '是空的'],
  ['空的{ |个}', '是空的'],
])('「%s」说明哪里写错了', (phrase, message) => {
  expect(parsePhrase(phrase).fault).toContain(message);
});

test('写什么都不出错；没有错的，拼起来还是原来的字', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('{', '}', '|', '甲', '，', ' ') }), (phrase) => {
      const { parts, fault } = parsePhrase(phrase);
      if (fault) return;
      const again = parts
        .map((part) => ('text' in part ? part.text : `{${[part.word, ...part.options].join('|')}}`))
        .join('');
      expect(again.replaceAll(' ', '')).toBe(phrase.replaceAll(' ', ''));
    }),
  );
});
