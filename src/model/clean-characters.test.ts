import { expect, test } from 'vitest';
import { cleanCharacters } from './clean-characters.ts';

test('看不见的字符去掉，表情里的连接符留着', () => {
  expect(cleanCharacters('防\u200b止\u00ad冻\u2060裂\ufeff')).toBe('防止冻裂');
  expect(cleanCharacters('👨\u200d👩\u200d👧 全家')).toBe('👨\u200d👩\u200d👧 全家');
});

test('从 PDF 复制来的部首变成同形的汉字，别的字不变', () => {
  expect(cleanCharacters('⻘⼭⽔⻓，⻔前⻰⻢，⾦⽊')).toBe('青山水长，门前龙马，金木');
  expect(cleanCharacters('麦禾县科协 ABC，１２３，PM2.5；㎡ ℃')).toBe('麦禾县科协 ABC，１２３，PM2.5；㎡ ℃');
});

test('每个康熙部首都变成汉字', () => {
  for (let code = 0x2f00; code <= 0x2fd5; code++)
    expect(cleanCharacters(String.fromCodePoint(code))).toMatch(/^[\u4e00-\u9fff]$/);
});
