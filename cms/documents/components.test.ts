import { expect, test } from 'vitest';
import { blockNamed, blocks } from '../../src/blocks/index.ts';
import { renderBody } from '../../src/body/index.ts';
import type { Block } from '../../src/model/block.ts';
import { shapeOf } from '../../src/model/schema.ts';
import { editorComponent, editorComponents, sourceComponent } from './components.ts';

const roundTrip = (component: ReturnType<typeof editorComponent>, source: string) => {
  const match = component.pattern.exec(source);
  return match && component.toBlock(component.fromBlock(match));
};

test('每个内容块都有表单，属性一个不少', () => {
  expect(editorComponents().map(({ id }) => id)).toEqual([...blocks.map(({ name }) => name), 'source']);
  for (const block of blocks) {
    const names = editorComponent(block).fields.map(({ name }) => name);
    expect(names).toEqual([...Object.keys(shapeOf(block.schema)), ...(block.children ? ['children'] : [])]);
  }
});

test('每个内容块的示例进一次表单再写回来，显示不变', () => {
  for (const block of blocks.filter(({ placement }) => placement === 'block')) {
    const source = block.example.trim();
    const back = roundTrip(editorComponent(block), source);
    expect(back, block.name).not.toBeNull();
    expect(renderBody(back ?? '').html, block.name).toBe(renderBody(source).html);
  }
});

test('属性和内容里的引号、尖括号和换行都保得住', () => {
  const callout = editorComponent(blockNamed('Callout') as Block);
  const data = { title: '他说"1 < 2 & 3"', children: '- 一\n\n  还是一\n- 二' };
  const match = callout.pattern.exec(`${callout.toBlock(data)}\n\n后面一段`);
  expect(match && callout.fromBlock(match)).toEqual(data);
});

test.each([
  '| 甲 | 乙 |\n| :-- | --: |\n| 6779\\|约 | 2 |',
  '[^1]: 脚注\n    第二段',
  '$$\na_1 + b_1\n$$',
  '- [x] 完成\n- [ ] 未完成',
  '{/* 编者注 */}',
])('所见即所得会弄丢的写法按原文保留：%s', (source) => {
  expect(roundTrip(sourceComponent, source)).toBe(source);
  expect(sourceComponent.pattern.exec(`${source}\n\n下一段`)?.[0]).toBe(source);
});

test('普通的段落和列表不会当成原文', () => {
  for (const text of ['一段话', '- 甲\n- 乙', '## 标题', '<30℃ 时', '价格 $5 到 $8'])
    expect(sourceComponent.pattern.exec(text), text).toBeNull();
});
