import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FEW_RUNS } from '../../../tests/support/random.ts';
import { articles } from '../../../src/types/articles.ts';
import { plainText } from './body.ts';
import { compareEntries, type Word } from './index.ts';
import { compareWords } from './words.ts';

/** What a reviewer is shown of a change: names of the form, paragraphs, words. */

const article = (fields: string, body: string) =>
  `---\ntitle: 麦子\nsummary: 一句话。\n${fields}---\n\n${body}\n`;

const compare = (before: string | undefined, after: string) =>
  compareEntries({
    format: 'mdx',
    schema: articles.schema,
    before,
    after,
    nameOf: (to, slug) => ({ topics: { crops: '种植', food: '饮食' } })[to]?.[slug as 'crops'],
  });

const marked = (words: readonly Word[]) =>
  words.map(({ text, kind }) => ({ same: text, added: `[+${text}]`, removed: `[-${text}]` })[kind]).join('');
const changesIn = ({ fields, body }: ReturnType<typeof compare>) => ({
  fields: fields.flatMap(({ label, status, words }) =>
    status === 'same' ? [] : `${label}：${marked(words)}`,
  ),
  body: body.flatMap(({ status, words }) => (status === 'same' ? [] : `${status} ${marked(words)}`)),
});

test('字段和选项说中文名，引用说标题，没有的不列', () => {
  const before = article('kind: article\ntopic: crops\nfeatured: false\n', '正文。');
  const after = article('kind: rumour\ntopic: food\nclaim: 麦子有毒\n', '正文。');
  expect(changesIn(compare(before, after))).toEqual({
    fields: ['种类：[-科普文章][+辟谣]', '主题：[-种植][+饮食]', '流言：[+麦子有毒]'],
    body: [],
  });
});

test('正文一段一段比：改过的一段标出改了哪些词，插进来的不把后面都算成改了', () => {
  const before = article('', '第一段讲播种。\n\n第二段讲浇水，春天浇三次。\n\n第三段讲收割。');
  const after = article(
    '',
    '第一段讲播种。\n\n新加的一段说施肥的事情。\n\n第二段讲浇水，秋天浇三次。\n\n第三段讲收割。',
  );
  expect(changesIn(compare(before, after)).body).toEqual([
    'added [+新加的一段说施肥的事情。]',
    'changed 第二段讲浇水，[-春][+秋]天浇三次。',
  ]);
});

test('一份清单里加一项，只算这一项是新的', () => {
  const source = (name: string) => `  - title: ${name}\n    url: https://example.org/${name}\n`;
  const before = article(`sources:\n${source('甲')}${source('乙')}`, '文。');
  const after = article(`sources:\n${source('丙')}${source('甲')}${source('乙')}`, '文。');
  expect(changesIn(compare(before, after)).fields).toEqual([expect.stringMatching(/^资料来源 1：\[\+.*丙/)]);
});

test('换了的图并排：封面和正文里的都有原来的、现在的地址', () => {
  const text = (name: string) =>
    article(
      `cover:\n  src: /uploads/${name}.webp\n  alt: 图\n`,
      `<Figure src="/uploads/${name}-2.webp" alt="田" caption="麦田" />`,
    );
  const { fields, body } = compare(text('jiu'), text('xin'));
  expect(fields.flatMap(({ pictures }) => pictures)).toEqual([
    { before: '/uploads/jiu.webp', after: '/uploads/xin.webp' },
  ]);
  expect(body[0]).toMatchObject({
    status: 'changed',
    text: '〔图片　替代文字：田　图注：麦田〕',
    pictures: [{ before: '/uploads/jiu-2.webp', after: '/uploads/xin-2.webp' }],
  });
});

test('没有前一版的全是新的；一样的没有差别；开头坏了的说清楚，正文还能比', () => {
  const text = article('kind: article\n', '正文。');
  expect(compare(undefined, text).body).toMatchObject([{ status: 'added' }]);
  expect(compare(text, text).isSame).toBe(true);
  const broken = compare(text, '---\ntitle: [\n---\n\n正文。\n');
  expect(broken.problem).toContain('读不懂');
  expect(broken.body.length).toBeGreaterThan(0);
});

test('只改了看不见的记号，也标得出来', () => {
  const [change] = changesIn(compare(article('', '很要紧的话。'), article('', '**很要紧**的话。'))).body;
  expect(change).toContain('[+**]');
});

test('任何两段话，去掉加上的就是原来的，去掉删去的就是现在的', () => {
  const text = fc.string({ unit: fc.constantFrom('麦', '子', '。', ' ', '\n', 'a', '<', '。') });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const words = compareWords(before, after);
      const without = (kind: Word['kind']) =>
        words.flatMap((word) => (word.kind === kind ? [] : word.text)).join('');
      expect(without('added')).toBe(before);
      expect(without('removed')).toBe(after);
    }),
  );
});

test('任何正文都比得出来，每一段现在的文字都在，先后不变', () => {
  const body = fc
    .array(
      fc.constantFrom(
        '甲段。',
        '乙段，长一些的话。',
        '```\n\n代码\n```',
        '<Callout title="a">',
        '# 题',
        '丙',
      ),
    )
    .map((paragraphs) => paragraphs.join('\n\n'));
  fc.assert(
    fc.property(body, body, (before, after) => {
      const { body: paragraphs } = compare(article('', before), article('', after));
      const now = paragraphs.filter(({ status }) => status !== 'removed').map(({ text }) => text);
      const { body: alone } = compare(undefined, article('', after));
      expect(now).toEqual(alone.map(({ text }) => text));
    }),
    { numRuns: FEW_RUNS },
  );
});

test('又长又全不一样的、没有尽头的记号，也有结果', () => {
  const long = (letter: string) =>
    Array.from({ length: 4000 }, (_, at) => `${letter}${at}${letter}`.repeat(40));
  const { body } = compare(article('', long('甲').join('\n\n')), article('', long('乙').join('\n\n')));
  expect(body.length).toBeGreaterThanOrEqual(4000);
  for (const mark of ['![a', '[', '**a', '<a ', '`']) plainText(mark.repeat(60_000));
});

test('读的人看不到 Markdown 的记号', () => {
  expect(plainText('## 一、播种')).toBe('一、播种');
  expect(plainText('见[麦子](/articles/mai-zi/)，**要紧**。')).toBe(
    '见麦子（链接：/articles/mai-zi/），要紧。',
  );
});
