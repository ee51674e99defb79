import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocks } from '../../src/blocks/index.ts';
import { blockAt } from './block-at.ts';

/** The source with `|` where the cursor is → the name of the block around it. */
const at = (marked: string) => blockAt(marked.replace('|', ''), marked.indexOf('|'))?.block.name;

test.each([
  ['in a void tag', '前\n\n<Fig|ure src="/uploads/a.png" alt="图" />\n', 'Figure'],
  ['right after it', '<Figure src="/uploads/a.png" alt="图" />|\n\n后', 'Figure'],
  ['before it', '前|\n\n<Figure src="/uploads/a.png" alt="图" />', undefined],
  ['between tags', '<Callout type="tip">\n\n要|紧\n\n</Callout>', 'Callout'],
  ['after the closing tag', '<Callout>\n\n要紧\n\n</Callout>\n\n后|', undefined],
  ['the innermost', '<Gallery>\n\n<Figure src="/uploads/a.png" al|t="图" />\n\n</Gallery>', 'Figure'],
  ['around it', '<Gallery>\n\n<Figure src="/uploads/a.png" alt="图" />\n\n|\n\n</Gallery>', 'Gallery'],
  ['in a code fence', '```\n<Callout>\n|\n</Callout>\n```\n', undefined],
  ['after a code fence with a tag', '```\n<Callout>\n```\n\n字|', undefined],
  ['in code in a sentence', '写 `<Figure |/>` 就行', undefined],
  ['a tag that is no block', '<b>粗|</b>', undefined],
  ['never closed', '<Callout>\n\n要|紧', undefined],
  ['less than', '气温 <30|℃ 时 <Term name="青贮" meaning="发酵" />', undefined],
])('%s', (_, source, name) => {
  expect(at(source)).toBe(name);
});

test('every example is found at each of its places, whatever stands around it', () => {
  const around = fc.constantFrom('', '<30℃ 和 {', '一段。\n\n', '`<`', '<Callout', '> 引用\n\n', '</Quiz>');
  fc.assert(
    fc.property(fc.constantFrom(...blocks), around, around, fc.nat(), (block, before, after, place) => {
      const example = block.example.trim();
      const source = `${before}\n\n${example}\n\n${after}`;
      const [opening = ''] = /<[A-Z][^>]*/.exec(example) ?? [];
      const start = before.length + 2 + example.indexOf(opening);
      const found = blockAt(source, start + 1 + (place % opening.length));
      expect(found?.block.name).toBe(block.name);
      expect(found?.tag.start).toBe(start);
    }),
  );
});
