import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { currentContent, openContent, setCurrentContent } from '../../store/index.ts';
import { archives } from './calendar.ts';

const before = currentContent();
const folder = mkdtempSync(join(tmpdir(), 'archives-'));
const contentDir = join(folder, 'content');
const event = (slug: string, fields: string) =>
  writeFileSync(
    join(contentDir, 'events', `${slug}.mdx`),
    `---
title: ${slug}
kind: fair
summary: 摘要
uid: ${slug}@kepu.example
state: completed
place: 广场
open: public
published: 2022-03-01
${fields}
---

正文
`,
  );
mkdirSync(join(contentDir, 'events'), { recursive: true });
event('exact', 'start: 2022-03-05');
event('exact-with-note', 'start: 2022-03-06\ndatePrecision: day\ndateNote: 遇雨顺延');
event('month-only', 'start: 2022-03-01\ndatePrecision: month');
event('year-only', 'start: 2021-01-01\ndatePrecision: year');
event('noted-long-ago', 'start: 2022-03-01\ndateNote: 具体日期原报告未载');
setCurrentContent(openContent({ contentDir, cacheDir: join(folder, 'cache') }));
afterAll(() => {
  setCurrentContent(before);
  rmSync(folder, { recursive: true, force: true });
});

test('存档和日历里只有日期准确的，一年里没有准确的就没有那一年的存档', async () => {
  const found = await archives('events');
  expect(found.map(({ year, happenings }) => [year, happenings.map(({ id }) => id).sort()])).toEqual([
    ['2022', ['exact', 'exact-with-note']],
  ]);
});
