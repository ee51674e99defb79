import { expect, test } from 'vitest';
import { openContent, listSchema } from '../store/index.ts';
import { redirects } from '../types/site.ts';
import type { CheckedFile, Corpus } from './corpus.ts';
import { checkRedirects, explainFormerAddress } from './redirects.ts';

const slugs: Corpus['slugs'] = new Map([
  ['articles', new Set(['xin', 'hai-zai'])],
  ['redirects', new Set(['/articles/jiu/'])],
]);

const check = (...pairs: [id: string, to: string][]) =>
  checkRedirects({
    content: openContent(),
    files: [
      {
        kind: redirects.name,
        file: 'content/data/redirects.yaml',
        schema: listSchema(redirects),
        data: { items: pairs.map(([id, to]) => ({ id, to })) },
        entry: { lineOf: () => 2 },
      } as unknown as CheckedFile,
    ],
    broken: [],
    slugs,
    problems: [],
  }).map(({ severity, field, message }) => `${severity} ${field} ${message}`);

test('旧地址没有页面、新地址有页面，就没有问题；栏目和固定的页面也算', () => {
  expect(check(['/articles/jiu/', '/articles/xin/'], ['/shenqing/', '/caravan/request/'])).toEqual([]);
});

test('旧地址又有了页面，是错误', () => {
  expect(check(['/articles/hai-zai/', '/articles/xin/'])).toEqual([
    expect.stringMatching(/^error .*「旧地址」.*有自己的页面/),
  ]);
  expect(check(['/caravan/subscribe/', '/articles/xin/'])).toHaveLength(1);
});

test('转到自己、转来转去、转两次，都是错误', () => {
  expect(check(['/articles/jia/', '/articles/jia/'])[0]).toMatch(/^error .*转到自己/);
  const loop = check(['/articles/jia/', '/articles/yi/'], ['/articles/yi/', '/articles/jia/']);
  expect(loop).toEqual([
    expect.stringMatching(/^error .*转来转去/),
    expect.stringMatching(/^error .*转来转去/),
  ]);
  const chain = check(['/articles/jia/', '/articles/yi/'], ['/articles/yi/', '/articles/xin/']);
  expect(chain).toEqual([expect.stringMatching(/^error .*「新地址」.*搬到了「\/articles\/xin\/」/)]);
});

test('新地址现在没有页面，只提醒：下线的以后还会再上线', () => {
  expect(check(['/articles/jiu/', '/articles/xia-xian/'])).toEqual([
    expect.stringMatching(/^warning .*现在没有页面/),
  ]);
});

test('条目不能用别的页面的旧地址', () => {
  expect(explainFormerAddress('/articles/jiu/', { slugs })).toContain('旧地址');
  expect(explainFormerAddress('/articles/xin/', { slugs })).toBeUndefined();
  expect(explainFormerAddress(undefined, { slugs })).toBeUndefined();
});
