import { expect, test } from 'vitest';
import { FIELD_GROUPS } from '../../../src/model/arrangement.ts';
import { metaOf, shapeOf } from '../../../src/model/schema.ts';
import { articles } from '../../../src/types/articles.ts';
import { events } from '../../../src/types/events.ts';
import { types } from '../../../src/types/index.ts';
import { decapConfig } from '../../documents/config.ts';
import { arrange, isShown } from './arrange.ts';
import { unmetFields } from './unmet.ts';

const namesOf = (type: string) =>
  (decapConfig().collections.find(({ name }) => name === type)?.fields ?? [])
    .filter(({ widget }) => widget !== 'hidden')
    .map(({ name }) => name);

const groupsOf = (type: (typeof types)[number]) => arrange(type, namesOf(type.name)).groups;

test.each(types.map((type) => [type.label, type] as const))(
  '%s：每个字段正好在一处，要填的在最前',
  (_, type) => {
    const names = namesOf(type.name);
    const { title, body, review, groups } = arrange(type, names);
    const placed = [title, body, review, ...groups.flatMap(({ fields }) => fields)].filter(Boolean);
    expect([...placed].sort()).toEqual([...names].sort());
    expect(groups[0]?.name).toBe('needs');
  },
);

test('分组的先后和写在一处的一样，没有字段的组不出现', () => {
  const order = Object.keys(FIELD_GROUPS);
  for (const type of types) {
    const groups = groupsOf(type);
    expect(groups.map(({ name }) => order.indexOf(name))).toEqual(
      groups.map(({ name }) => order.indexOf(name)).toSorted((a, b) => a - b),
    );
    expect(groups.every(({ fields }) => fields.length > 0)).toBe(true);
  }
});

test('网址名和日历编号在「高级」里，文字里没有英文术语', () => {
  expect(groupsOf(events).find(({ name }) => name === 'advanced')?.fields).toEqual(['_slug', 'uid']);
  for (const field of Object.values(shapeOf(events.schema)))
    expect(metaOf(field)?.hint ?? '').not.toMatch(/RFC/);
});

test('只有这一种才有的字段：流言是辟谣的，材料是动手做的', () => {
  const shown = (kind: string) =>
    ['claim', 'verdict', 'evidence', 'minutes', 'cost', 'materials'].filter((name) =>
      isShown(articles, name, { kind }),
    );
  expect(shown('article')).toEqual([]);
  expect(shown('rumour')).toEqual(['claim', 'verdict', 'evidence']);
  expect(shown('experiment')).toEqual(['minutes', 'cost', 'materials']);
});

test('条件写的字段和值都是有的', () => {
  for (const { schema, label } of types) {
    const shape = shapeOf(schema);
    for (const field of Object.values(shape))
      for (const [by, values] of Object.entries(metaOf(field)?.when ?? {})) {
        const options = Object.keys((shape[by] && metaOf(shape[by])?.options) ?? {});
        expect(options, `${label}：${by}`).toEqual(expect.arrayContaining([...values]));
      }
  }
});

const FILLED = {
  title: '开水能不能浇花',
  kind: 'article',
  summary: '不能。',
  topic: 'home',
  author: '县科协',
  published: '2026-11-01',
};
const missing = (data: Record<string, unknown>) => unmetFields(articles, data).map(({ name }) => name);

test('还缺什么：必填的、这一种必填的，照表单的先后', () => {
  expect(missing({ kind: 'article', published: '2026-11-01' })).toEqual([
    'title',
    'summary',
    'topic',
    'author',
  ]);
  expect(missing(FILLED)).toEqual([]);
  expect(missing({ ...FILLED, kind: 'rumour', claim: '吃蒜防病毒' })).toEqual(['verdict', 'evidence']);
  expect(missing({ ...FILLED, kind: 'experiment', materials: [] })).toEqual(['minutes', 'materials']);
  // What an entry of another kind has stored stays in its file and is not asked for.
  expect(missing({ ...FILLED, claim: '旧的流言' })).toEqual([]);
});

test('写了但不合要求的也算，说明哪里不合', () => {
  expect(unmetFields(articles, { ...FILLED, title: '长'.repeat(61) })).toEqual([
    { name: 'title', label: '标题', problem: '超过 60 个字（现有 61 个字），请缩短' },
  ]);
  const [cover] = unmetFields(articles, {
    ...FILLED,
    cover: { src: '/uploads/a.webp', alt: '', license: '自摄' },
  });
  expect(cover).toEqual({ name: 'cover', label: '「封面图」「替代文字」', problem: '不能为空' });
});

test('空着的分组、保存时才有的编号不算缺', () => {
  expect(missing({ ...FILLED, cover: { src: '', alt: '' }, body: '正文', _slug: '' })).toEqual([]);
  expect(unmetFields(events, {}).map(({ name }) => name)).not.toContain('uid');
});
