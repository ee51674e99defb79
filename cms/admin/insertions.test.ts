import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Edit, footnote, mark, markLines, type Selected } from './insertions.ts';

/** `|` stands at the ends of what is selected, once when nothing is. */
function selected(text: string): Selected {
  const start = text.indexOf('|');
  const end = text.lastIndexOf('|');
  return { value: text.replaceAll('|', ''), start, end: end === start ? end : end - 1 };
}

function after({ value }: Pick<Selected, 'value'>, { from, to, text, select }: Edit): Selected {
  return { value: value.slice(0, from) + text + value.slice(to), start: select[0], end: select[1] };
}

const shown = ({ value, start, end }: Selected) =>
  `${value.slice(0, start)}|${value.slice(start, end)}|${value.slice(end)}`;

const BOLD = { before: '**', after: '**', sample: '重点' };
const LINK = { before: '[', after: '](https://)', sample: '链接文字', fill: 'https://' };
const MATHS = { before: '$', after: '$', sample: 'E=mc^2' };

test.each([
  ['nothing selected', BOLD, '天|气', '天**|重点|**气'],
  ['a word', BOLD, '今天|降温|了', '今天**|降温|**了'],
  ['a word with the blank that Windows selects along', BOLD, 'a |word |b', 'a **|word|** b'],
  ['a marked word', BOLD, '今天**|降温|**了', '今天|降温|了'],
  ['a word with its marks', BOLD, '今天|**降温**|了', '今天|降温|了'],
  ['several paragraphs', BOLD, '|一\n\n 二 |', '|**一**\n\n **二** |'],
  ['words to link', LINK, '见|通知|。', '见[通知](|https://|)。'],
  ['a link without words', LINK, '见|。', '见[|链接文字|](https://)。'],
  ['a formula with money', MATHS, '|a$b|', '$|a$b|$'],
])('marks around words: %s', (_name, how, before, expected) => {
  const text = selected(before);
  expect(shown(after(text, mark(text, how)))).toBe(expected);
});

test.each([
  ['a line with the cursor in it', '## ', '一\n二|二\n三', '一\n|## 二二|\n三'],
  ['an empty line', '## ', '一\n\n|', '一\n\n## |小标题|'],
  ['a heading', '## ', '## 二|二', '|二二|'],
  ['several lines', '- ', '一|一\n\n二|二\n三', '|- 一一\n\n- 二二|\n三'],
  ['numbers count', '1. ', '|一\n二|', '|1. 一\n2. 二|'],
  ['numbers are taken off', '1. ', '|1. 一\n2. 二|', '|一\n二|'],
])('marks of lines: %s', (_name, line, before, expected) => {
  const text = selected(before);
  expect(shown(after(text, markLines(text, { line, sample: '小标题' })))).toBe(expected);
});

test.each([
  ['the first', '上句|下句\n\n后一段', '上句[^1]下句\n\n后一段\n\n[^1]: |注释写在这里。|\n'],
  ['the next', '一[^1]二|\n\n[^1]: 甲\n', '一[^1]二[^2]\n\n[^1]: 甲\n\n[^2]: |注释写在这里。|\n'],
])('a footnote has its own number, and stands at the end: %s', (_name, before, expected) => {
  const text = selected(before);
  const [number, note] = footnote(text);
  expect(shown(after(after(text, number), note))).toBe(expected);
});

test('pressed twice, a button leaves the text as it was, whatever the text', () => {
  const texts = fc
    .array(fc.constantFrom('甲', 'b', '\n', '- ', '1. ', '。', '('))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, texts, texts, (left, words, right) => {
      const inner = words.replaceAll('\n', '').trim();
      fc.pre(inner !== '');
      const text = { value: left + inner + right, start: left.length, end: left.length + inner.length };
      const once = after(text, mark(text, BOLD));
      expect(shown(after(once, mark(once, BOLD)))).toBe(shown(text));
    }),
  );
});
