import { readdirSync, readFileSync } from 'node:fs';
import { EditorState } from 'prosemirror-state';
import { expect, test } from 'vitest';
import { parseDocument } from './parse.ts';
import { serializeDocument } from './serialize.ts';

/** Markdown written by other projects, the manuals of the installed packages: all of them in `npm run test:all`. */
const STEP = process.env.TESTS === 'all' ? 1 : 12;
const files = readdirSync('node_modules', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(md|markdown)$/i.test(name))
  .sort()
  .filter((_, index) => index % STEP === 0);

const bodyOf = (name: string) =>
  readFileSync(`node_modules/${name}`, 'utf8').replace(/^\uFEFF?---\r?\n[\s\S]*?\n---\r?\n/, '');

/** How many characters at the beginning and at the end are the same. */
function sameAround(before: string, after: string): { start: number; end: number } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { start, end };
}

test('真实的 Markdown 打开再写出来一个字节不差；打一个字，只有那一段变', () => {
  expect(files.length).toBeGreaterThan(900 / STEP);
  const faults: string[] = [];
  for (const name of files) {
    const body = bodyOf(name);
    const opened = parseDocument(body);
    if (serializeDocument(opened.doc, opened) !== body) faults.push(`${name}：变了`);
    let at = -1;
    opened.doc.descendants((node, position) => {
      if (at < 0 && node.isTextblock && node.textContent) at = position + node.nodeSize - 1;
    });
    if (at < 0) continue;
    const typed = EditorState.create({ doc: opened.doc }).tr.insertText('字', at);
    const { start, end } = sameAround(body, serializeDocument(typed.doc, opened));
    const block = opened.origins[opened.doc.resolve(at).index(0)];
    if (block && body.length - start - end > block.source.length) faults.push(`${name}：别的段也变了`);
  }
  expect(faults).toEqual([]);
}, 300_000);
