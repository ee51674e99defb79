import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Edit, insertFootnote, toggleMark, toggleLinePrefix, type Selected } from './markdown-edits.ts';

/** `|` marks both ends of the selection, once when nothing is selected. */
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

const BOLD = { before: '**', after: '**', placeholder: '重点' };
const LINK = { before: '[', after: '](https://)', placeholder: '链接文字', fill: 'https://' };
const MATHS = { before: '$', after: '$', placeholder: 'E=mc^2' };

test.each([
  ['什么也没选', BOLD, '天|气', '天**|重点|**气'],
  ['一个词', BOLD, '今天|降温|了', '今天**|降温|**了'],
  ['一个词和 Windows 连带选上的空格', BOLD, 'a |word |b', 'a **|word|** b'],
  ['加过标记的词', BOLD, '今天**|降温|**了', '今天|降温|了'],
  ['一个词连同标记', BOLD, '今天|**降温**|了', '今天|降温|了'],
  ['几段', BOLD, '|一\n\n 二 |', '|**一**\n\n **二** |'],
  ['要加链接的文字', LINK, '见|通知|。', '见[通知](|https://|)。'],
  ['没有文字的链接', LINK, '见|。', '见[|链接文字|](https://)。'],
  ['带美元符号的公式', MATHS, '|a$b|', '$|a$b|$'],
])('给文字加标记：%s', (_name, how, before, expected) => {
  const text = selected(before);
  expect(shown(after(text, toggleMark(text, how)))).toBe(expected);
});

test.each([
  ['光标所在的一行', '## ', '一\n二|二\n三', '一\n|## 二二|\n三'],
  ['空行', '## ', '一\n\n|', '一\n\n## |小标题|'],
  ['标题', '## ', '## 二|二', '|二二|'],
  ['几行', '- ', '一|一\n\n二|二\n三', '|- 一一\n\n- 二二|\n三'],
  ['编号往下数', '1. ', '|一\n二|', '|1. 一\n2. 二|'],
  ['去掉编号', '1. ', '|1. 一\n2. 二|', '|一\n二|'],
])('给整行加标记：%s', (_name, line, before, expected) => {
  const text = selected(before);
  expect(shown(after(text, toggleLinePrefix(text, { line, placeholder: '小标题' })))).toBe(expected);
});

test.each([
  ['第一个', '上句|下句\n\n后一段', '上句[^1]下句\n\n后一段\n\n[^1]: |注释写在这里。|\n'],
  ['下一个', '一[^1]二|\n\n[^1]: 甲\n', '一[^1]二[^2]\n\n[^1]: 甲\n\n[^2]: |注释写在这里。|\n'],
])('脚注各有各的编号，注文放在最后：%s', (_name, before, expected) => {
  const text = selected(before);
  const [number, note] = insertFootnote(text);
  expect(shown(after(after(text, number), note))).toBe(expected);
});

test('不论什么文字，同一个按钮按两次就恢复原样', () => {
  const texts = fc
    .array(fc.constantFrom('甲', 'b', '\n', '- ', '1. ', '。', '('))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, texts, texts, (left, words, right) => {
      const inner = words.replaceAll('\n', '').trim();
      fc.pre(inner !== '');
      const text = { value: left + inner + right, start: left.length, end: left.length + inner.length };
      const once = after(text, toggleMark(text, BOLD));
      expect(shown(after(once, toggleMark(once, BOLD)))).toBe(shown(text));
    }),
  );
});
