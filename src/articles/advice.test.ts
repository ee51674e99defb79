import { expect, test } from 'vitest';
import { adviceOf, firstSentences } from './advice.ts';

const headings = [
  { depth: 2, text: '它从哪里来', slug: 'a' },
  { depth: 3, text: '细目', slug: 'b' },
] as never;
const CHECKLIST =
  '<ul class="contains-task-list"><li><input type="checkbox" disabled> 炉子装了烟囱</li><li><input type="checkbox" disabled> 清过烟灰</li></ul>';
const STEPS =
  '<div class="block-steps"><ol><li><p><strong>叫。</strong>拍双肩。</p></li><li><p>喊人。</p></li></ol></div>';

test('海报印的是清单，没有清单印步骤，都没有才印小标题', () => {
  expect(adviceOf({ html: STEPS + CHECKLIST, headings })).toEqual(['炉子装了烟囱', '清过烟灰']);
  expect(adviceOf({ html: STEPS, headings })).toEqual(['叫。拍双肩。', '喊人。']);
  expect(adviceOf({ html: '<p>正文。</p>', headings })).toEqual(['它从哪里来']);
});

test('长的步骤在一句话说完的地方断开，第一句总在', () => {
  const sentence = `${'很长的一句'.repeat(8)}。`;
  expect(firstSentences(sentence + sentence)).toBe(sentence);
  expect(firstSentences(`${'长'.repeat(100)}。短。`)).toBe(`${'长'.repeat(100)}。`);
  expect(firstSentences('没有句号')).toBe('没有句号');
  expect(firstSentences('')).toBe('');
});
