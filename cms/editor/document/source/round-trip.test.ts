import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { EditorState } from 'prosemirror-state';
import { expect, test } from 'vitest';
import { blocks } from '../../../../src/blocks/index.ts';
import { normalizeBody, renderBody } from '../../../../src/body/index.ts';
import { FEW_RUNS } from '../../../../tests/support/random.ts';
import { nodeType, schema } from '../model/schema.ts';
import { parseDocument } from './parse.ts';
import { looks } from './opened.ts';
import { serializeDocument } from './serialize.ts';

/** Text → document → text: nothing typed, nothing changed; one letter typed, one block changed. */

const bodies = readdirSync('content', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.mdx'))
  .map((path) => readFileSync(`content/${path}`, 'utf8').replace(/^---\n[\s\S]*?\n---\n/, ''));

const same = (text: string) => {
  const opened = parseDocument(text);
  return serializeDocument(opened.doc, opened);
};

/** Types words at the end of the last block that takes text, as the editor does. */
function typeAtEnd(text: string, words: string): string {
  const opened = parseDocument(text);
  const state = EditorState.create({ doc: opened.doc });
  let end = -1;
  opened.doc.descendants((node, position) => {
    if (node.isTextblock) end = position + node.nodeSize - 1;
  });
  return serializeDocument(state.tr.insertText(words, end).doc, opened);
}

test('演示内容的每一篇：打开再写出来一个字节不差', () => {
  for (const body of bodies) expect(same(body)).toBe(body);
});

test('演示内容：几乎每一段都画得出来，不用原文', () => {
  const sources: string[] = [];
  let count = 0;
  for (const body of bodies)
    parseDocument(body).doc.forEach((node) => {
      count++;
      if (node.type.name === 'source') sources.push(node.textContent);
    });
  expect(sources.length, sources.join('\n---\n')).toBeLessThan(count / 200);
});

test('演示内容：每一段改过都还是那个意思', () => {
  for (const body of bodies.slice(0, 60)) {
    const opened = parseDocument(body);
    const all = opened.origins.map(({ node }) =>
      node.type.create({ ...node.attrs, origin: null }, node.content, node.marks),
    );
    const doc = schema.topNodeType.create(null, all.length > 0 ? all : [nodeType('paragraph').create()]);
    expect(looks(serializeDocument(doc, opened))).toBe(looks(body));
  }
});

/** The rows of the table of what rich-text editors break; see `docs/decisions/0017-document-editor.md`. */
const AWKWARD: Record<string, string> = {
  转义的花括号和小于号: '\\{x\\} 和 \\<30℃',
  没有转义的: '气温<30℃，{甲}，import 是，<!-- 注 -->，</p>',
  注释: '{/* 编者注 */}',
  脚注: '正文[^1]\n\n[^1]: 脚注',
  对齐的表格和转义的竖线: '| 甲 | 乙 |\n| :-- | ---: |\n| 6779\\|约 | 2 |',
  待办列表: '- [x] 完成\n- [ ] 没完成',
  一项有几段的列表: '- 甲\n\n  第二段\n\n  第三段\n- 乙',
  带下划线的行内公式: '$a_1 + b_1 * c_1 * d$',
  独立公式: '$$\na_1 + b_1\n$$',
  有标题的代码: '```js title="a.js"\nlet a = 1;\n\nlet b = 2;\n```',
  属性里的方括号: '<Stat value="1" label="data={[1,2,3]}" />',
  分隔线: '甲\n\n---\n\n乙',
  内容块: '<Callout type="tip" title="提示">\n\n里面 **重点**。\n\n</Callout>',
  嵌套的内容块: '<Callout>\n\n<Callout type="tip">\n\n里\n\n</Callout>\n\n</Callout>',
  行内的内容块和标签: 'H<sub>2</sub>O 的<Term name="积温" meaning="热量" />',
  中文里的加粗: '他说**“中文”**后，__重__。',
  缩进两个全角空格: '　　缩进的一段。',
  别的写法: '* 星\n+ 加\n\n1) 括号\n\n甲  \n乙\\\n丙\n丁',
  引用式链接: '[甲][k]\n\n[k]: https://x.cn "t"',
  windows: '第一段\r\n换行\r\n\r\n\r\n* 列表\r\n',
};

test.each(Object.entries(AWKWARD))('%s：打开不变；末尾补一句，别的一个字节也不动', (_, body) => {
  expect(same(body)).toBe(body);
  const source = `${body}\n\n最后一段。\n`;
  expect(same(source)).toBe(source);
  expect(typeAtEnd(source, '补一句。')).toBe(`${body}\n\n最后一段。补一句。\n`);
});

test('改了一处，那一段还用原来的写法', () => {
  const cases: [string, string][] = [
    ['* 甲\n* __乙__', '* 甲\n* __乙补__'],
    ['甲<30℃，3~5天，$5，30*40厘米', '甲<30℃，3~5天，$5，30*40厘米补'],
    ['甲\n乙 _丙_ 丁', '甲\n乙 _丙_ 丁补'],
    ['| 甲 | 乙 |\n|:---|----|\n| 1 | 2 |', '| 甲 | 乙 |\n|:---|----|\n| 1 | 2补 |'],
    ['1) 甲\n2) 乙', '1) 甲\n2) 乙补'],
    ['# 题\n\n## 节', '# 题\n\n## 节补'],
    ['# 题\n紧跟着', '# 题\n紧跟着补'],
  ];
  for (const [before, after] of cases) expect(typeAtEnd(before, '补')).toBe(after);
});

test('太大的、空的正文也打得开，一个字节不差', () => {
  for (const text of [
    '',
    '\n\n',
    '\uFEFF甲。\r\n',
    '甲'.repeat(120_000),
    '$'.repeat(9000),
    '> '.repeat(3000),
  ])
    expect(same(text)).toBe(text);
  expect(parseDocument('甲'.repeat(120_000)).doc.firstChild?.type.name).toBe('source');
});

const odd = fc.constantFrom(
  '**', '*', '_', '~~', '~', '`', '```', '$', '$$', '[^1]', '[^1]: ', '|', '- ', '1. ', '> ', '#', '\\', '{', '}', '<', '>', '</p>', '<b>',
  '<Term name="甲" meaning="乙" />', '<Callout>', '{/* 注 */}', '---', '===', '　　', '“', '”', '℃', '，', ' ', '中', '文', '5', '30*40', '3~5天',
  '!', '[', ']', '(', ')', '](', '&amp;', '&', 'a', 'import ', 'https://a.cn/b_c', 'a@b.cn', ':', '长*宽', '[x] ',
); // prettier-ignore

const typed = fc
  .array(odd, { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(''))
  .filter((text) => text.trim() !== '');

const shown = (text: string) => text.replace(/\s+/g, ' ').trim();

const wrapped = (text: string, marks: string[] = []) =>
  schema.text(
    text,
    marks.map((name) => schema.mark(name)),
  );

test('打成什么就显示什么：段落、小标题、列表、格子、加粗里都一样', () => {
  fc.assert(
    fc.property(typed, typed, fc.constantFrom('strong', 'em', 'strike', 'sub'), (text, other, mark) => {
      const p = (...parts: ReturnType<typeof wrapped>[]) => nodeType('paragraph').create(null, parts);
      const cell = (name: string, words: string) => nodeType(name).create(null, p(wrapped(words)));
      const row = (name: string, ...words: string[]) =>
        nodeType('table_row').create(
          null,
          words.map((one) => cell(name, one)),
        );
      const opened = parseDocument('');
      const contents = [
        [p(wrapped(text)), text],
        [p(wrapped('甲'), wrapped(text, [mark]), wrapped('乙')), `甲${text}乙`],
        [nodeType('heading').create({ level: 2 }, wrapped(text)), text],
        [nodeType('bullet_list').create(null, nodeType('list_item').create(null, p(wrapped(text)))), text],
        [
          nodeType('table').create(null, [row('table_header', '头', text), row('table_cell', other, text)]),
          `头\n${text}\n${other}\n${text}`,
        ],
        [p(wrapped(text), nodeType('hard_break').create(), wrapped(other)), `${text}\n${other}`],
      ] as const;
      for (const [node, words] of contents) {
        const source = serializeDocument(schema.topNodeType.create(null, node), opened);
        expect(shown(renderBody(source).text), source).toBe(shown(words));
      }
    }),
    { numRuns: FEW_RUNS },
  );
});

/** A demo body with odd pieces put in. */
const mutated = fc
  .tuple(
    fc.nat(bodies.length - 1),
    fc.array(fc.tuple(fc.nat(4000), fc.oneof(odd, fc.constantFrom('\n', '\n\n', '\t', '\r\n', '  \n'))), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([index, pieces]) =>
    pieces.reduce((text, [at, piece]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + piece + text.slice(place);
    }, bodies[index] ?? ''),
  );

test('随机改动过的正文打开不变；末尾打一个字，前面的段落不变，读者看到的只多这个字', () => {
  fc.assert(
    fc.property(mutated, (source) => {
      expect(same(source)).toBe(source);
      const { doc, origins } = parseDocument(source);
      const edited = typeAtEnd(source, '字');
      let changed = 0;
      doc.forEach((node, _, index) => {
        if (node.isTextblock || !node.isAtom) changed = index;
      });
      const kept = (some: typeof origins) =>
        some
          .map((one) => one.before + one.source)
          .join('')
          .trim();
      expect(edited).toContain(kept(origins.slice(0, changed)));
      expect(edited).toContain(kept(origins.slice(changed + 1)));
      expect(
        [...shown(renderBody(edited).text)].length - [...shown(renderBody(source).text)].length,
      ).toBeLessThan(3);
    }),
    { numRuns: FEW_RUNS },
  );
});

test.each(blocks.map((block) => [block.label, block.example] as const))('「%s」打开不变', (_, example) => {
  expect(same(example)).toBe(example);
  expect(parseDocument(example).doc.firstChild?.type.name).not.toBe('source');
  expect(normalizeBody(same(example))).toBe(normalizeBody(example));
});
