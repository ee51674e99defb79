import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { KEEP_WORKING_COPY_DAYS } from '../../../protocol/working-copies.ts';
import { openWorkingCopies } from './index.ts';

const wang = { id: 'w', name: '王老师', login: 'wang', role: 'author' } as const;
const DAY_MS = 86_400_000;

test('放了三十天没有动的删去，还在写的留着；条目删了的，作为新稿还找得到', () => {
  let time = Date.parse('2026-11-01T00:00:00Z');
  const copies = openWorkingCopies({
    database: new DatabaseSync(':memory:'),
    newsroom: { read: () => undefined },
    isFolder: () => true,
    now: () => new Date(time),
  });
  const [old, used] = [randomUUID(), randomUUID()];
  const put = (id: string) =>
    copies.put(
      wang,
      { id, folder: 'news', path: 'content/news/jia.mdx', title: '甲', text: 'x', slug: '', version: '1' },
      '这台电脑',
    );
  put(old);
  put(used);
  time += (KEEP_WORKING_COPY_DAYS - 1) * DAY_MS;
  put(used);
  expect(copies.purge()).toBe(0);
  time += 2 * DAY_MS;
  expect(copies.purge()).toBe(1);
  expect(copies.of(wang, 'news', undefined)).toMatchObject([{ id: used, isGone: true }]);
});
