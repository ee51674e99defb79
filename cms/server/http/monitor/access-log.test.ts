import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accessLine } from './access-log.ts';

const line = (url: string, headers: Record<string, string> = {}) =>
  accessLine({
    request: { method: 'GET', httpVersion: '1.1', headers },
    url,
    bytes: 1234,
    status: 200,
    address: '192.0.2.7',
    at: new Date('2026-11-28T16:05:09Z'),
  });

test('照通用的格式记，时间是北京时间，问号后面的（一次性的链接）不记', () => {
  expect(
    line('/admin/setup/?token=secret', {
      'user-agent': 'Mozilla/5.0',
      referer: 'http://127.0.0.1:4321/a/?token=secret',
    }),
  ).toBe(
    '192.0.2.7 - - [29/Nov/2026:00:05:09 +0800] "GET /admin/setup/? HTTP/1.1" 200 1234 "http://127.0.0.1:4321/a/?" "Mozilla/5.0"',
  );
});

test('不论浏览器说自己是什么，一行还是一行，一项还是一项', () => {
  const format =
    /^192\.0\.2\.7 - - \[[^\]]+\] "[^"\\\n]*(?:\\x[0-9a-f]{2}[^"\\\n]*)*" 200 1234 "[^"\n]*" "[^"\n]*"$/;
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (url, agent) => {
      const written = line(`/${url}`, { 'user-agent': agent, referer: agent });
      expect(written).toMatch(format);
      expect(written).toMatch(/^[\x20-\x7e]*$/);
      expect(written.length).toBeLessThan(10_000);
    }),
  );
});
