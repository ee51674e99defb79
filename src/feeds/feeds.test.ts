import { describe, expect, test } from 'vitest';
import { atom } from './atom.ts';
import type { Feed, FeedItem } from './feed.ts';
import { jsonFeed } from './json.ts';

const feed: Feed = {
  title: '麦禾科普',
  description: '一 & 二',
  home: 'https://kepu.example/sub/',
  icon: 'https://kepu.example/sub/icons/icon-512.png',
  author: '麦禾县科协',
  items: [
    {
      url: 'https://kepu.example/sub/articles/a/',
      title: '温度<30℃ 与 "A&B"\u0007',
      summary: '摘要',
      published: '2026-11-06T00:00:00+08:00',
      updated: '2026-11-10T00:00:00+08:00',
      author: '编写组',
      tags: ['农时'],
    },
  ],
};

describe('订阅', () => {
  test('Atom 里的文字都转义，XML 容不下的字符去掉', () => {
    expect(atom(feed)).toContain('<title>温度&lt;30℃ 与 &quot;A&amp;B&quot;</title>');
    expect(atom(feed)).toContain(
      '<link rel="self" type="application/atom+xml" href="https://kepu.example/sub/feed.xml"/>',
    );
  });
  test('Atom 的更新时间是最新一条的，没有内容也有一个', () => {
    expect(atom(feed)).toContain('<updated>2026-11-10T00:00:00+08:00</updated>\n<icon>');
    const [item] = feed.items as [FeedItem];
    const older = { ...item, updated: '2026-11-07T00:00:00+08:00' };
    expect(atom({ ...feed, items: [older, item] })).toContain(
      '<updated>2026-11-10T00:00:00+08:00</updated>\n<icon>',
    );
    expect(atom({ ...feed, items: [] })).toMatch(/<updated>\d{4}-\d\d-\d\dT/);
  });
  test('JSON Feed 1.1 有必需的字段', () => {
    const parsed = JSON.parse(jsonFeed(feed));
    expect(parsed.version).toBe('https://jsonfeed.org/version/1.1');
    expect(parsed.items[0]).toMatchObject({
      id: feed.items[0]?.url,
      content_text: '摘要',
      date_modified: '2026-11-10T00:00:00+08:00',
    });
  });
});
