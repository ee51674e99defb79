import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LATER, openPreviews } from './previews.ts';

test('等着现画的页面有上限：来访的人再多，后来的马上被请过一会儿再来，编辑的预览还排得上', async () => {
  const previews = openPreviews(mkdtempSync(join(tmpdir(), 'previews-')), process.env, () => true);
  const answered: string[] = [];
  const ask = (name: string, drawn: Promise<unknown>) =>
    void drawn.then((what) => expect(what).toBe(LATER)).then(() => answered.push(name));
  for (let visitor = 1; visitor <= 100; visitor++) ask(`访客 ${visitor}`, previews.page(`/${visitor}/`));
  ask('编辑', previews.draw({ type: 'articles', slug: 'a', text: '' }));
  for (let turns = 0; turns < 5; turns++) await Promise.resolve();
  expect([answered.length, answered[0], answered.includes('编辑')]).toEqual([80, '访客 21', false]);
  previews.close();
});
