import { expect, test } from 'vitest';
import { blockNamed, blocks } from '../src/blocks/index.ts';
import { renderBody } from '../src/body/index.ts';
import type { Block } from '../src/model/block.ts';
import { shapeOf } from '../src/model/schema.ts';
import { editorComponent, editorComponents, sourceComponent } from './components.ts';

const roundTrip = (component: ReturnType<typeof editorComponent>, source: string) => {
  const match = component.pattern.exec(source);
  return match && component.toBlock(component.fromBlock(match));
};

test('every block has a form with all its attributes', () => {
  expect(editorComponents().map(({ id }) => id)).toEqual([...blocks.map(({ name }) => name), 'source']);
  for (const block of blocks) {
    const names = editorComponent(block).fields.map(({ name }) => name);
    expect(names).toEqual([...Object.keys(shapeOf(block.schema)), ...(block.children ? ['children'] : [])]);
  }
});

test('every block example goes through the form and back, and shows the same', () => {
  for (const block of blocks.filter(({ placement }) => placement === 'block')) {
    const source = block.example.trim();
    const back = roundTrip(editorComponent(block), source);
    expect(back, block.name).not.toBeNull();
    expect(renderBody(back ?? '').html, block.name).toBe(renderBody(source).html);
  }
});

test('quotes, angle brackets and several lines survive in attributes and inside', () => {
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
])('what the rich-text editor would lose is kept as source: %s', (source) => {
  expect(roundTrip(sourceComponent, source)).toBe(source);
  expect(sourceComponent.pattern.exec(`${source}\n\n下一段`)?.[0]).toBe(source);
});

test('ordinary paragraphs and lists are not taken for source', () => {
  for (const text of ['一段话', '- 甲\n- 乙', '## 标题', '<30℃ 时', '价格 $5 到 $8'])
    expect(sourceComponent.pattern.exec(text), text).toBeNull();
});
