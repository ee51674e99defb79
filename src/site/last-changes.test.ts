import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openContent } from '../store/index.ts';
import { lastChangeOf, lastChanges } from './last-changes.ts';

const folder = mkdtempSync(join(tmpdir(), 'last-changes-'));
const contentDir = join(folder, 'content');
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(contentDir, file)), { recursive: true });
  writeFileSync(join(contentDir, file), text);
};
const entry = (file: string, fields: string) =>
  write(`${file}.mdx`, `---\ntitle: ${file}\nsummary: 摘要\n${fields}\n---\n\n正文\n`);
const article = (slug: string, fields: string) =>
  entry(`articles/${slug}`, `kind: article\nauthor: 编写组\n${fields}`);
const event = (slug: string, fields: string) =>
  entry(
    `events/${slug}`,
    `kind: fair\nuid: ${slug}@kepu.example\nstate: confirmed\nplace: 广场\nopen: public\n${fields}`,
  );

article('a', 'topic: farming\npublished: 2026-03-01\nupdated: 2026-05-01');
article('b', 'topic: health\npublished: 2026-09-01\ncorrections:\n  - date: 2026-10-02\n    what: 改了数');
event('c', 'start: 2026-12-05T09:00\npublished: 2026-11-01\nchangedOn: 2026-11-20T16:00\nhosts: [县司法局]');
event('d', 'start: 2022-03-05\ndatePrecision: year\npublished: 2026-11-10');
entry('news/old', 'kind: news\npublished: 2022-12-31\ndatePrecision: year');
write(
  'data/organisations.yaml',
  'items:\n  - { id: sifaju, name: 麦禾县司法局, aliases: [县司法局] }\n  - { id: other, name: 别的单位 }\n',
);
const changeOf = lastChanges(openContent({ contentDir, cacheDir: join(folder, 'cache') }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('网站地图里的日期', () => {
  test.each([
    ['条目：更新、更正、宣布变更里最晚的一天', '/articles/a/', '2026-05-01'],
    ['条目：更正也算', '/articles/b/', '2026-10-02'],
    ['条目：有时刻的写明时区', '/events/c/', '2026-11-20T16:00:00+08:00'],
    ['列表：里面最新的一条', '/articles/', '2026-10-02'],
    ['列表：挑出来的只看挑出来的', '/articles/topic/farming/', '2026-05-01'],
    ['列表：第二页和第一页一样', '/articles/topic/farming/page/2/', '2026-05-01'],
    ['列表：按年份', '/events/year/2022/', '2026-11-10'],
    ['列表：按星期', '/caravan/week/2026-W49/', undefined],
    ['单位：主办过的活动，别名也算', '/organisations/sifaju/', '2026-11-20T16:00:00+08:00'],
    ['单位：没有办过什么就不写', '/organisations/other/', undefined],
    ['首页：全站最新的一条', '/', '2026-11-20T16:00:00+08:00'],
  ])('%s', (_, address, expected) => expect(changeOf(address)).toBe(expected));

  test('后来才归档、发布日期不详的不写日期', () => {
    expect(changeOf('/news/old/')).toBeUndefined();
    expect(lastChangeOf({ published: '2022-12-31', datePrecision: 'year' })).toBeUndefined();
  });

  test('说明页的日期写在它自己的文件里', () => {
    expect(changeOf('/help/')).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});
