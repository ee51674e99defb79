import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Map as ImmutableMap } from 'immutable';
import { expect, test } from 'vitest';
import { currentContent } from '../../../src/store/index.ts';
import { blocks } from '../../../src/blocks/index.ts';
import { renderBody } from '../../../src/body/index.ts';
import { types } from '../../../src/types/index.ts';
import { editorComponents } from '../../documents/components.ts';
import { readFileParts } from '../../documents/format.ts';
import {
  type Components,
  serializeRichText,
  mergeRichTextEdit,
  findLossyLine,
  roundTrip,
} from './rich-text.ts';
import { FEW_RUNS } from '../../../tests/support/random.ts';

const all = ImmutableMap(editorComponents().map((component) => [component.id, component])) as Components;

const bodies = types
  .filter(({ format }) => format === 'mdx')
  .flatMap((type) => currentContent().filesOf(type).files)
  .map(({ path }) => readFileParts(readFileSync(path, 'utf8'), 'mdx').body)
  .filter((body) => body !== '');

const lost = (source: string) => findLossyLine(source, all, renderBody);
const words = (source: string) => renderBody(source).text.replace(/\s+/g, ' ').trim();

test('演示内容的正文几乎都能用所见即所得打开，不能的说明是哪一行', () => {
  const refused = bodies.flatMap((body) => lost(body) ?? []);
  expect(refused.length).toBeLessThan(bodies.length / 20);
  for (const { line, excerpt } of refused) {
    expect(line).toBeGreaterThan(0);
    expect(excerpt).not.toBe('');
  }
});

test('所见即所得能打开的，它自己写出来的也能再打开', () => {
  for (const body of bodies) {
    if (lost(body)) continue;
    const through = roundTrip(body, all);
    expect(lost(through)).toBeUndefined();
    expect(roundTrip(through, all)).toBe(through);
  }
});

test('在所见即所得里加一句话，演示正文的其他行原样不动', () => {
  for (const source of bodies) {
    if (lost(source)) continue;
    const through = roundTrip(source, all);
    expect(mergeRichTextEdit(source, through, `${through}\n\n再加一句。`, renderBody)).toBe(
      `${source}\n\n再加一句。`,
    );
  }
});

/** Pieces of Markdown that editors and copied texts have, to be strewn into bodies. */
const odd = fc.constantFrom(
  '**', '*', '_', '~~', '`', '```\n', '$', '$$\n', '[^1]', '\n\n[^1]: 注\n\n', '|', '\n| a | b |\n| :- | -: |\n| 1 | 2 |\n\n',
  '\n\n- [x] 完成\n\n', '\n- 甲\n\n  乙\n\n', '1. ', '> ', '\\{', '{', '}', '<', '</p>', '<Term name="甲" meaning="乙" />',
  '\n\n<Callout type="tip">\n\n甲\n\n</Callout>\n\n', '{/* 注 */}', '\n\n---\n\n', '　　', '\t', '  \n', '\n', '\n\n', '“', '℃',
); // prettier-ignore

/** A demo body with odd pieces put in. */
const mutated = fc
  .tuple(fc.nat(bodies.length - 1), fc.array(fc.tuple(fc.nat(4000), odd), { minLength: 1, maxLength: 4 }))
  .map(([index, pieces]) =>
    pieces.reduce((text, [at, piece]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + piece + text.slice(place);
    }, bodies[index] ?? ''),
  );

test('随机改动过的正文，在所见即所得里加一句话，一个字也不丢', () => {
  fc.assert(
    fc.property(mutated, (source) => {
      if (lost(source)) return;
      const through = roundTrip(source, all);
      const edited = `${through}\n\n再加一句。`;
      const saved = mergeRichTextEdit(source, through, edited, renderBody);
      expect(words(saved)).toBe(words(edited));
      expect(lost(saved)).toBeUndefined();
    }),
    { numRuns: FEW_RUNS, seed: 20261123 },
  );
});

/** What editors break, and whether rich text cannot hold it. */
const AWKWARD: [name: string, body: string, asSource?: true][] = [
  ['转义的花括号和小于号', '\\{x\\} 和 \\<30℃'],
  ['注释', '{/* 编者注 */}'],
  ['脚注', '正文[^1]\n\n[^1]: 脚注'],
  ['对齐的表格和转义的竖线', '| 甲 | 乙 |\n| :-- | --: |\n| 6779\\|约 | 2 |'],
  ['待办列表', '- [x] 完成\n- [ ] 没完成'],
  ['一项有几段的列表', '- 甲\n\n  第二段\n\n  第三段\n- 乙', true],
  ['带下划线的行内公式', '$a_1 + b_1 * c_1 * d$', true],
  ['独立公式', '$$\na_1 + b_1\n$$'],
  ['有标题的代码', '```js title="a.js"\nlet a = 1;\n\nlet b = 2;\n```'],
  ['分隔线', '甲\n\n---\n\n乙'],
  ['内容块', '<Callout type="tip" title="提示">\n\n里面 **重点**。\n\n</Callout>'],
  ['行内的内容块和标签', 'H<sub>2</sub>O 的<Term name="积温" meaning="热量" />'],
  ['中文里的加粗', '他说**“中文”**后，__重__。'],
  ['缩进两个全角空格', '　　缩进的一段。'],
];

test.each(AWKWARD)('%s：在所见即所得里补一句，别的不变；存不好的只能在原文里改', (_, body, asSource) => {
  const source = `${body}\n\n最后一段。`;
  if (asSource) {
    expect(lost(source)).toMatchObject({ line: 1, excerpt: expect.stringMatching(/./) });
    return;
  }
  expect(lost(source)).toBeUndefined();
  const through = roundTrip(source, all);
  const edited = through.replace('最后一段。', '最后一段。补一句。');
  expect(mergeRichTextEdit(source, through, edited, renderBody)).toBe(`${source}补一句。`);
});

test('改一段只动一段', () => {
  const source =
    '# 题\n\n- 甲\n- 乙\n\n\n正文 _一_\n\n```js title="a.js"\nlet a = 1;\n\n// 注\n```\n\n结尾__重__';
  const through = roundTrip(source, all);
  expect(through).not.toBe(source);
  const edited = through.replace('结尾', '结尾改了');
  expect(mergeRichTextEdit(source, through, edited, renderBody)).toBe(
    source.replace('结尾__重__', '结尾改了**重**'),
  );
});

test('在所见即所得里打的字，打成什么就显示什么', () => {
  const awkward = [
    '<30℃',
    'a { b',
    '{/* 注 */}',
    'import 是',
    'export 是',
    '<!-- 注 -->',
    '</p>',
    '**星**',
    '_下划_',
    '[^1]',
  ];
  awkward.push(
    '# 井',
    '- 短横',
    '> 大于',
    '`码`',
    '| a | b |',
    '~~删~~',
    '[a](b)',
    '![a](b)',
    '---',
    '```',
    '<Calout>',
    '=',
  );
  for (const text of awkward) {
    const written = serializeRichText([{ type: 'p', children: [{ text: `甲${text}乙` }] }], all);
    expect(renderBody(written).text.trim(), text).toBe(`甲${text}乙`);
    const alone = serializeRichText([{ type: 'p', children: [{ text }] }], all);
    expect(renderBody(alone).text.trim(), text).toBe(text);
  }
});

test('提示说出不能用所见即所得的是哪一行', () => {
  expect(lost('第一段\n\n免疫的人要占 $93\\%$。')).toEqual({ line: 3, excerpt: '免疫的人要占 $93\\%$。' });
  expect(lost('- 甲\n\n      缩进\n')).toMatchObject({ line: 3 });
});

test.each(blocks.map((block) => [block.label, block.example] as const))(
  '「%s」经过所见即所得不走样',
  (_, example) => {
    expect(lost(example)).toBeUndefined();
  },
);
