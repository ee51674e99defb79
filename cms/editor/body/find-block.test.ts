import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocks } from '../../../src/blocks/index.ts';
import { findBlockAt } from './find-block.ts';

/** The source with `|` where the cursor is → the name of the block around it. */
const at = (marked: string) => findBlockAt(marked.replace('|', ''), marked.indexOf('|'))?.block.name;

test.each([
  ['在没有内容的标签里', '前\n\n<Fig|ure src="/uploads/a.png" alt="图" />\n', 'Figure'],
  ['紧挨在它后面', '<Figure src="/uploads/a.png" alt="图" />|\n\n后', 'Figure'],
  ['在它前面', '前|\n\n<Figure src="/uploads/a.png" alt="图" />', undefined],
  ['在开头和结束标签之间', '<Callout type="tip">\n\n要|紧\n\n</Callout>', 'Callout'],
  ['在结束标签后面', '<Callout>\n\n要紧\n\n</Callout>\n\n后|', undefined],
  ['套着的几层里最里面的', '<Gallery>\n\n<Figure src="/uploads/a.png" al|t="图" />\n\n</Gallery>', 'Figure'],
  [
    '在里层外面、外层里面',
    '<Gallery>\n\n<Figure src="/uploads/a.png" alt="图" />\n\n|\n\n</Gallery>',
    'Gallery',
  ],
  ['在代码围栏里', '```\n<Callout>\n|\n</Callout>\n```\n', undefined],
  ['在有标签的代码围栏后面', '```\n<Callout>\n```\n\n字|', undefined],
  ['在句子中间的代码里', '写 `<Figure |/>` 就行', undefined],
  ['不是内容块的标签', '<b>粗|</b>', undefined],
  ['没有结束的块', '<Callout>\n\n要|紧', undefined],
  ['小于号', '气温 <30|℃ 时 <Term name="青贮" meaning="发酵" />', undefined],
])('光标所在的块：%s', (_, source, name) => {
  expect(at(source)).toBe(name);
});

test('不论前后是什么，光标放在示例开头标签的哪一处，都认得出是这个块', () => {
  const around = fc.constantFrom('', '<30℃ 和 {', '一段。\n\n', '`<`', '<Callout', '> 引用\n\n', '</Quiz>');
  fc.assert(
    fc.property(fc.constantFrom(...blocks), around, around, fc.nat(), (block, before, after, place) => {
      const example = block.example.trim();
      const source = `${before}\n\n${example}\n\n${after}`;
      const [opening = ''] = /<[A-Z][^>]*/.exec(example) ?? [];
      const start = before.length + 2 + example.indexOf(opening);
      const found = findBlockAt(source, start + 1 + (place % opening.length));
      expect(found?.block.name).toBe(block.name);
      expect(found?.tag.start).toBe(start);
    }),
  );
});
