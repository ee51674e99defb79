import { expect, test } from 'vitest';
import { phraseTest } from './phrase.ts';

test.each([
  ['12', '2012 年', false],
  ['12', '12 月', true],
  ['2', '2.5 厘米', false],
  ['2.5', '株距 2.5 厘米', true],
  ['25', '2.5 厘米', false],
  ['pm2.5', 'PM2.5 是什么', true],
  ['led', 'called', false],
  ['LED', '换成 LED 灯', true],
  ['H7N9', 'h7n9禽流感', true],
  ['GB 2763', 'GB 2763—2021', true],
  ['12月4日', '12 月 4 日开展', true],
  ['12月4日', '2 月 4 日，12 月', false],
  ['防冻裂', '防止冻裂', false],
  ['冻裂', '防止冻\n裂', true],
  ['青贮 压实', '压实了，青贮才好', true],
  ['青贮压实', '青贮，压实', false],
  ['地震云', '所谓“地震”云', true],
  ['', '什么都有', false],
])('「%s」在「%s」里：%s', (typed, text, expected) => {
  expect(phraseTest(typed)(text)).toBe(expected);
});
